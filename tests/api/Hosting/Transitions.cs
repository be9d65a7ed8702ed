namespace Sluice.Api.Tests.Hosting;

/// <summary>Reads what thresholds have told.</summary>
internal static class Transitions
{
    /// <summary>Returns all events of a tenant, in order; waits until there are as many as expected.</summary>
    public static async Task<IReadOnlyList<string>> ToldAsync(this NodeHost host, Customer customer, int expected)
    {
        var told = await Eventually.BecomesAsync(
            async () => await host.QueryAsync<string[]>(
                """
                select array_agg(
                  case kind when 0 then 'reached' when 1 then 'refused' else 'resolved' end
                  || case limit_kind when 0 then ' blocked ' else ' warning ' end || value || ' at ' || used
                  || case when refused > 0 then ', asked ' || refused else '' end
                  order by id)
                from transition where tenant_id = $1
                """,
                Scene.IdOf(customer.TenantId)) ?? [],
            found => found.Length >= expected);
        return told;
    }
}
