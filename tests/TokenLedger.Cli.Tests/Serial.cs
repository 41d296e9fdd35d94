// The commands' options are shared objects of the process, which runs one command; so do the tests.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
