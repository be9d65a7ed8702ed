using System.Globalization;
using System.Net;
using System.Text.Json;
using Xunit;

namespace Sluice.Api.Tests.Management.Statements;

/// <summary>The running month in the billing history.</summary>
public sealed class OpenStatementTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task TheRunningMonth_IsAnOpenStatement_OfWhatIsUsedSoFar()
    {
        var customer = await Customer.CreateAsync(host);
        var path = $"{customer.TenantPath}/statements";
        var month = Month(0);
        Assert.Equal($"open {month} ", Shown(Assert.Single((await customer.Operator.GetAsync(path)).Items())));

        (await customer.Key.PostAsync("/v1/usage", new { model = "m1", metrics = new { text_tokens = 40 } }))
            .Is(HttpStatusCode.OK);
        (await customer.UseAsync(2)).Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(42);

        var open = Assert.Single((await customer.Operator.GetAsync(path)).Items());
        Assert.Equal($"open {month} requests 2 text_tokens 42", Shown(open));
        Assert.Equal(JsonValueKind.Null, open.GetProperty("closedAt").ValueKind);
        Assert.Equal("Aurora", open.GetProperty("tenantName").GetString());
        var detail = (await customer.Operator.GetAsync($"{path}/{month}")).Is(HttpStatusCode.OK);
        Assert.Equal(Shown(open), Shown(detail.Json));
        Assert.Equal(
            [null, "m1"], detail["models"].EnumerateArray().Select(static m => m.GetProperty("model").GetString()));
        Assert.Single(detail["projects"].EnumerateArray());
        var csv = (await customer.Operator.GetAsync($"{path}/{month}", "text/csv")).Is(HttpStatusCode.OK).Text;
        Assert.Contains(",m1,text_tokens,40,", csv);
        foreach (var other in new[] { Month(-1), Month(1) })
            (await customer.Operator.GetAsync($"{path}/{other}")).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task OnceItIsOver_TheMonthIsClosedForGood_AndTheNextOneIsOpen()
    {
        var customer = await Customer.CreateAsync(host, timeZone: "Asia/Seoul");
        var path = $"{customer.TenantPath}/statements";
        var (month, next) = (Month(0), Month(1));
        var open = Assert.Single((await customer.Operator.GetAsync(path)).Items());
        (await customer.UseAsync(7)).Is(HttpStatusCode.OK);
        await customer.SeesInLedgerAsync(7);
        host.Time.TurnTo(open.GetProperty("endsAt").GetDateTimeOffset());

        // Until the job has closed it, it is open: its sums can still rise.
        Assert.Equal(["open", "open"], (await customer.Operator.GetAsync(path)).Texts("state"));
        host.Time.Turn(TimeSpan.FromSeconds(3));
        Assert.True(await host.CloseAsync(
            async () => (await customer.Operator.GetAsync(path)).Texts("state").Contains("closed")));
        (await customer.UseAsync(5)).Is(HttpStatusCode.OK);

        var items = await Eventually.BecomesAsync(
            async () => (await customer.Operator.GetAsync(path)).Items(),
            static items => items[0].GetProperty("totals").GetArrayLength() > 0);
        Assert.Equal(
            [$"open {next} requests 1 text_tokens 5", $"closed {month} requests 1 text_tokens 7"], items.Select(Shown));
        Assert.NotNull(items[1].GetProperty("closedAt").GetString());

        (await customer.Operator.DeleteAsync(customer.TenantPath)).Is(HttpStatusCode.NoContent);
        Assert.Equal(["closed"], (await customer.Operator.GetAsync(path)).Texts("state"));
    }

    [Fact]
    public async Task TheRunningMonth_IsForThoseWhoSeeTheBilling()
    {
        var owner = await Person.OwnerAsync(host);
        var member = await owner.AddAsync(host, "bob");
        var stranger = await Person.OwnerAsync(host);

        (await owner.Api.GetAsync($"{owner.TenantPath}/statements")).Is(HttpStatusCode.OK);
        (await member.Api.GetAsync($"{owner.TenantPath}/statements")).Lacks("billing:read");
        (await stranger.Api.GetAsync($"{owner.TenantPath}/statements")).IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    /// <summary>
    /// Returns the current month, or one some months from it, in the zone of this class's tenants: Tokyo's time is
    /// Seoul's. Which month it is depends on whether another test has turned the clock.
    /// </summary>
    private string Month(int later) =>
        host.Time.GetUtcNow().ToOffset(TimeSpan.FromHours(9)).AddMonths(later)
            .ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>Returns the state, the month and what is used of each metric.</summary>
    private static string Shown(JsonElement statement) =>
        $"{statement.GetProperty("state").GetString()} {statement.GetProperty("period").GetString()} "
        + string.Join(' ', statement.GetProperty("totals").EnumerateArray()
            .Where(static total => total.GetProperty("value").GetDecimal() != 0)
            .Select(static total => $"{total.GetProperty("metric").GetString()} {total.GetProperty("value")}"));
}
