using Sluice.TestPostgres;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
