using System.Globalization;
using Sluice.LoadTest.Checks;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Progress;
using Sluice.LoadTest.Runs;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Demo;

/// <summary>
/// Fills a demo tenant: prices, projects, keys, and a budget on one project that lasts for part of the traffic, to show
/// its warning, its refusals, and that other projects are unaffected.
/// </summary>
internal sealed class DemoRun(DemoOptions options, TextWriter output, IProgressDisplay display, TimeProvider time)
{
    private const string FleetRunId = "demo";
    private const int Projects = 3;
    private const int KeysPerProject = 3;
    private const decimal BudgetShare = 0.4m;

    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="SettingMissingException">The operator's token is missing.</exception>
    /// <exception cref="ManagementException">The server refused a management call.</exception>
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        using var calls = new ManagementCalls(
            options.Node.First.BaseAddress, options.Node.ReadOperatorToken(), time);
        var management = new ManagementClient(calls);
        var ownPrices = await management.EnsurePriceBookAsync(time.GetUtcNow(), DemoPrices.Book, cancellation);
        if (!ownPrices)
            output.WriteLine("The price book there is stays in force; it decides how much the demo's traffic costs.");
        var fleet = await FindOrBuildAsync(management, cancellation);

        var tenant = fleet.Tenants[0];
        var limited = tenant.Projects[^1];
        var used = await ReadAmountAsync(calls, tenant, limited, cancellation);
        var budget = decimal.Round(BudgetShare * CostOf(fleet, limited), 6);
        await management.BlockAmountAsync(tenant.Id, limited.Id, used + budget, cancellation);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Tenant {tenant.Id}: {Projects} projects; {limited.Name} ({limited.Id}) may spend "
            + $"{budget} {ManagementClient.Currency} more this month."));

        var result = await SendAsync(fleet, cancellation);
        RunReport.Print(output, result);
        PrintLooks(tenant);
        if (result.Interrupted)
            return ExitCode.Interrupted;
        return result.IsComplete ? ExitCode.Exact : ExitCode.Different;
    }

    private static async Task<decimal> ReadAmountAsync(
        ManagementCalls calls, FleetTenant tenant, FleetProject project, CancellationToken cancellation)
    {
        var state = await new UsageReader(calls).ReadStateAsync(tenant.Id, "amount", cancellation);
        return state.GetValueOrDefault(project.Id).Used;
    }

    private async Task<Fleet> FindOrBuildAsync(ManagementClient management, CancellationToken cancellation)
    {
        var saved = await PrivateFile.ReadAsync<Fleet>(options.StatePath, cancellation);
        if (saved is not null && await management.TenantExistsAsync(saved.Tenants[0].Id, cancellation))
            return saved;
        var plan = new FleetPlan(FleetRunId, options.Seed, Tenants: 1, Projects, KeysPerProject);
        var fleet = await new FleetBuilder(management, time).BuildAsync(plan, cancellation);
        await PrivateFile.WriteAsync(options.StatePath, fleet, cancellation);
        return fleet;
    }

    /// <summary>Gets the cost of all coming traffic of a project by the demo's prices.</summary>
    private decimal CostOf(Fleet fleet, FleetProject project)
    {
        var source = new DemoSource(options, fleet.Keys.Count, time);
        var cost = 0m;
        for (var number = 0L; number < source.Events; number++)
        {
            var item = source.EventAt(number);
            if (project.Keys.Contains(fleet.Keys[item.KeyIndex]))
                cost += DemoPrices.AmountOf(item.Model!, item.TotalTokens);
        }

        return cost;
    }

    private Task<RunResult> SendAsync(Fleet fleet, CancellationToken cancellation)
    {
        var run = new RunOptions
        {
            Targets = options.Node.Targets,
            RunId = options.RunId,
            Keys = fleet.Keys,
            Connections = options.Connections,
        };
        var source = new DemoSource(options, fleet.Keys.Count, time);
        var load = new LoadRun(run, source, new NoSink(), time);
        return display.ShowAsync("demo", report => load.RunAsync(report, cancellation));
    }

    private void PrintLooks(FleetTenant tenant)
    {
        var span = UsageSpan.Covering(time.GetUtcNow(), time.GetUtcNow());
        var address = $"{options.Node.First.BaseAddress}api/v1/tenants/{tenant.Id}";
        var token = options.Node.OperatorTokenPath;
        output.WriteLine();
        output.WriteLine("Look at it:");
        foreach (var path in (string[])
            [
                "state",
                $"usage?{span}&metric=text_tokens&groupBy=project",
                $"usage?{span}&metric=amount&groupBy=project,model",
                $"usage?{span}&metric=text_tokens&groupBy=key",
            ])
        {
            output.WriteLine($"  curl -H \"Authorization: Bearer $(cat {token})\" '{address}/{path}'");
        }
    }
}
