using Sluice.TestSupport.Postgres;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
