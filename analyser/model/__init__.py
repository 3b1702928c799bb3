"""The frozen values that pass from one step of the pipeline to the next."""
