"""The authoring face of the manifest: `培训包.xlsx`, filled in with Excel or WPS."""
