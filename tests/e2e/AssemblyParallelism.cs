using Xunit.Sdk;
using Xunit.v3;

// Each test is up to three processes and a database server: two at once would be too much for a small machine.
[assembly: Parallelization(Mode = ParallelMode.None)]
