using Sluice.Storage.Ledger;
using Xunit;

namespace Sluice.Storage.Roles;

/// <summary>Every table has stated rights, and the database has those and no others.</summary>
public sealed class ServiceGrantsTests(MeteringDatabase database) : IClassFixture<MeteringDatabase>
{
    [Fact]
    public async Task EveryTable_IsListedOnce()
    {
        var tables = await database.RowsAsync(
            """
            select relname from pg_class
            where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') and not relispartition
            """);

        // A new table needs a line in ServiceGrants.Tables, with no more than the statements on it need.
        Assert.Equal(tables.Order(), ServiceGrants.Tables.Select(static grant => grant.Table).Order());
    }

    [Fact]
    public async Task OnEachTable_TheRoleHasWhatIsListed()
    {
        var granted = await database.RowsAsync(
            """
            select c.relname, string_agg(distinct a.held, ', ' order by a.held) from pg_class c
            cross join lateral (
              select lower(privilege_type) from aclexplode(c.relacl) where grantee = 'sluice_service'::regrole
              union all
              select lower(x.privilege_type) || ' (' || attname || ')' from pg_attribute
              cross join lateral aclexplode(attacl) x where attrelid = c.oid and x.grantee = 'sluice_service'::regrole
            ) as a (held)
            where c.relnamespace = 'public'::regnamespace group by c.relname
            """);

        var listed = ServiceGrants.Tables.ToDictionary(static grant => grant.Table, static grant => grant.Privileges);
        foreach (var partition in granted.Select(static row => row.Split('|')[0]).Where(IsPartition))
            listed.Add(partition, listed["ledger_block"]);
        Assert.Equal(
            listed.Select(static grant => $"{grant.Key}|{string.Join(", ", grant.Value.Split(", ").Order())}").Order(),
            granted.Order());
    }

    [Fact]
    public async Task NobodyElse_HasRightsOnATable() => Assert.Empty(await database.RowsAsync(
        """
        select c.relname, a.grantee::regrole, a.privilege_type from pg_class c
        cross join lateral aclexplode(c.relacl) a
        where c.relnamespace = 'public'::regnamespace
          and a.grantee not in (c.relowner, 'sluice_service'::regrole)
        """));

    private static bool IsPartition(string table) =>
        table.StartsWith("ledger_block_", StringComparison.Ordinal)
        || table is ['e', 'v', 'e', 'n', 't', '_', 'i', 'd', '_', 'r' or 'd', >= '0' and <= '9', ..];
}
