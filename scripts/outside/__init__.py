"""Passerelle as the outside world meets it: started as a program, spoken to over HTTP, killed without notice.

Shared by the browser tests, the crash test and the benchmarks. Standard library only, and nothing of the portal's
own code: what these see is what a hospital's system and a doctor's browser see.
"""
