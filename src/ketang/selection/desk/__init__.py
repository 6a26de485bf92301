"""The desk: parcels, disks and telephone calls that come to the office's window."""
