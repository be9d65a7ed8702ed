using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management.Usage;

/// <summary>What sums by days answer is what those by quarters of an hour would have.</summary>
public sealed class DaySumTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const int Events = 60;
    private const int Days = 34;

    private static readonly string[] Queries =
    [
        "groupBy=day,model", "groupBy=month", "groupBy=key,member&top=1&metric=text_tokens",
        "groupBy=day,key&top=1&compare=previous&metric=requests",
        "groupBy=project&metric=requests", "", "groupBy=day&model=m1", "groupBy=month,seat,member",
    ];

    private readonly ApiCaller _api = host.Operator();

    [Theory]
    [InlineData("Etc/UTC")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("America/St_Johns")]
    // Clocks are put back within the days before the hosts' clock, at midnight or later.
    [InlineData("Europe/Paris")]
    [InlineData("America/Havana")]
    public async Task EachQuery_HasTheSameAnswer(string zone)
    {
        var tenant = (await _api.TenantAsync(zone)).String("id");
        await UseAsync(tenant);

        await AreSameAsync(tenant, DayAhead(-Days - 2));
    }

    /// <summary>After a change of zone, days from before it are answered from the quarters.</summary>
    [Fact]
    public async Task AfterAChangeOfZone_EachQueryHasTheSameAnswer()
    {
        var tenant = (await _api.TenantAsync("Asia/Tokyo")).String("id");
        await UseAsync(tenant);
        (await _api.PatchAsync($"/api/v1/tenants/{tenant}", new { timeZone = "America/Los_Angeles" }))
            .Is(HttpStatusCode.OK);
        await AreSameAsync(tenant, DayAhead(-Days - 2), usesDays: false);

        host.Time.Turn(TimeSpan.FromDays(6));
        var since = DayAhead(-2);
        await UseAsync(tenant, days: 1);

        await AreSameAsync(tenant, since);
        await AreSameAsync(tenant, DayAhead(-Days - 8), usesDays: false);
    }

    private string DayAhead(int days) =>
        host.Time.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Sends usage of two keys at instants all over some days, and waits until it is added up.</summary>
    private async Task UseAsync(string tenant, int days = Days)
    {
        var project = (await _api.GetAsync($"/api/v1/tenants/{tenant}/projects")).Items()[0].GetProperty("id");
        var before = await TokensAsync(tenant);
        for (var key = 0; key < 2; key++)
        {
            var made = await _api.PostAsync(
                $"/api/v1/tenants/{tenant}/projects/{project.GetString()}/keys",
                new { name = $"k{key}-{Guid.NewGuid()}" });
            var secret = made.String("secret");
            var caller = host.Bearing(secret);
            for (var number = 0; number < Events / 2; number++)
            {
                var minutes = (number * days * 1_440 / (Events / 2)) + (number * 7);
                (await caller.PostAsync("/v1/usage", new
                {
                    at = host.Time.GetUtcNow().AddMinutes(-Math.Min(minutes, days * 1_440)).UtcDateTime,
                    model = $"m{number % 3}",
                    member = number % 2 == 0 ? "eve" : "adam",
                    metrics = new { text_tokens = 1 + number },
                })).Is(HttpStatusCode.OK);
            }
        }

        var sent = 2 * (Events / 2) * ((Events / 2) + 1) / 2;
        await Eventually.BecomesAsync(() => TokensAsync(tenant), sum => sum == before + sent);
    }

    private Task<long> TokensAsync(string tenant) => host.QueryAsync<long>(
        "select coalesce(sum(value), 0)::bigint from usage_rollup where tenant_id = $1 and metric = 3",
        Scene.IdOf(tenant));

    private async Task AreSameAsync(string tenant, string from, bool usesDays = true)
    {
        var valid = await SumsFromAsync(tenant);
        var statements = $"/api/v1/tenants/{tenant}/statements";
        var months = (await _api.GetAsync(statements)).Texts("period");
        string[] addresses =
        [
            .. Queries.Select(query => $"/api/v1/tenants/{tenant}/usage?from={from}&to={DayAhead(2)}&{query}"),
            $"/api/v1/tenants/{tenant}/usage/top?from={from}&to={DayAhead(2)}&groupBy=key,member&metric=requests",
            statements,
            .. months.Select(month => $"{statements}/{month}?compare=previous"),
        ];
        foreach (var address in addresses)
        {
            var byDays = (await _api.GetAsync(address)).Is(HttpStatusCode.OK).Text;
            await SetSumsFromAsync(tenant, DateOnly.MaxValue.AddDays(-1));
            var byQuarters = (await _api.GetAsync(address)).Is(HttpStatusCode.OK).Text;
            await SetSumsFromAsync(tenant, valid);
            Assert.Equal(byQuarters, byDays);
            Assert.Contains("\"value\":", byDays);
        }

        // That the days are what answers: without them there is nothing.
        if (!usesDays)
            return;
        await host.QueryAsync<int>(
            "update usage_day set tenant_id = -tenant_id where tenant_id = $1", Scene.IdOf(tenant));
        Assert.Empty((await _api.GetAsync($"/api/v1/tenants/{tenant}/usage?from={from}&to={DayAhead(2)}")).Items());
        await host.QueryAsync<int>(
            "update usage_day set tenant_id = -tenant_id where tenant_id = -$1", Scene.IdOf(tenant));
    }

    private Task<DateOnly> SumsFromAsync(string tenant) => host.QueryAsync<DateOnly>(
        "select day_sums_from from tenant where id = $1", Scene.IdOf(tenant));

    private Task<int> SetSumsFromAsync(string tenant, DateOnly day) => host.QueryAsync<int>(
        "update tenant set day_sums_from = $2 where id = $1", Scene.IdOf(tenant), day);
}
