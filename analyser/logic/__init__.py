"""Three-valued evaluation, enumeration and minimal forms of conditions."""
