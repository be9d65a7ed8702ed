using Xunit;

// Each test is three processes and a database server: two at once would test the patience of the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
