"""The same figures at the size of a nation: the dense cube behind heavy dashboards."""
