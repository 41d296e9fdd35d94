// Listeners of activities and meters hear the whole process, and so do the commands' shared options.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
