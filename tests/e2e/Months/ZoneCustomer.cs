using System.Globalization;
using Sluice.LoadTest.Management;

namespace Sluice.EndToEnd.Months;

/// <summary>A tenant in a time zone with a key that has a blocked limit, and the end of its March 2027.</summary>
/// <param name="TenantId">The tenant's id in the text form of the API.</param>
/// <param name="Key">Its only key.</param>
/// <param name="MonthEnd">The first instant after the month.</param>
internal sealed record ZoneCustomer(string TenantId, FleetKey Key, DateTimeOffset MonthEnd)
{
    /// <summary>The key's limit in tokens.</summary>
    public const long Limit = 100;

    private static readonly DateTime April = new(2027, 4, 1);

    public static async Task<ZoneCustomer> CreateAsync(ManagementCalls calls, string zone, CancellationToken ct)
    {
        var created = await calls.PostAsync(
            "api/v1/tenants",
            new
            {
                name = zone,
                billingAccountId = zone,
                timeZone = zone,
                language = "en",
                currency = "USD",
                owner = new { userName = "owner", email = "owner@example.com" },
            },
            ct);
        var tenant = created.GetProperty("id").GetString()!;
        var management = new ManagementClient(calls);
        var key = await management.CreateKeyAsync(
            tenant, created.GetProperty("defaultProjectId").GetString()!, zone, ct);
        await management.BlockKeyTokensAsync(tenant, key.Id, Limit, ct);
        var offset = TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(April);
        return new ZoneCustomer(tenant, key, new DateTimeOffset(April, offset));
    }

    /// <summary>
    /// Returns the totals of its closed statements by month, such as <c>2027-03: requests 5, text_tokens 100</c>.
    /// </summary>
    public async Task<IReadOnlyList<string>> StatementsAsync(ManagementCalls calls, CancellationToken ct)
    {
        var items = await calls.ListAsync($"api/v1/tenants/{TenantId}/statements", ct);
        return
        [
            .. items.Where(static statement => statement.GetProperty("state").GetString() == "closed")
                .Select(static statement => string.Create(
                CultureInfo.InvariantCulture,
                $"{statement.GetProperty("period")}: {string.Join(", ", statement.GetProperty("totals").EnumerateArray()
                    .Select(static total => $"{total.GetProperty("metric")} {total.GetProperty("value")}")
                    .Order(StringComparer.Ordinal))}")),
        ];
    }
}
