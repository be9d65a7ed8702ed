using Xunit;

// Each test is up to three processes and a database server: two at once would be too much for a small machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
