using System.Globalization;
using Sluice.LoadTest.Checks;
using Sluice.LoadTest.Demo.Platform;
using Sluice.LoadTest.Demo.Prices;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Lanes;
using Sluice.LoadTest.Management;
using Sluice.LoadTest.Progress;
using Sluice.LoadTest.Runs;
using Sluice.LoadTest.Settings;

namespace Sluice.LoadTest.Demo;

/// <summary>
/// Fills a demo tenant: prices, projects, keys, and budgets. One project's budget lasts for part of the traffic, to
/// show its warning, its refusals, and that other projects are unaffected; another's lasts a while longer.
/// </summary>
internal sealed class DemoRun(DemoOptions options, TextWriter output, IProgressDisplay display, TimeProvider time)
{
    private const string FleetRunId = "demo-xts";
    private const int Projects = 3;
    private const int KeysPerProject = 3;

    /// <summary>Budgets of the last projects, as shares of what the traffic costs them.</summary>
    private static readonly decimal[] BudgetShares = [1.3m, 0.4m];

    /// <summary>Events per second that follow while people look.</summary>
    private const int TrickleEventsPerSecond = 20;

    /// <returns>An <see cref="ExitCode"/>.</returns>
    /// <exception cref="SettingMissingException">The operator's token is missing.</exception>
    /// <exception cref="ManagementException">The server refused a management call.</exception>
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        using var calls = new ManagementCalls(
            options.Node.First.BaseAddress, options.Node.ReadOperatorToken(), time);
        var management = new ManagementClient(calls);
        await management.PutPriceBookAsync(
            time.GetUtcNow(), DemoPrices.Currency, DemoPrices.Book, cancellation);
        var fleet = await FindOrBuildAsync(management, cancellation);

        var tenant = fleet.Tenants[0];
        var people = await FindOrBuildPlatformAsync(tenant, cancellation);
        output.WriteLine($"Tenant {tenant.Id}: {Projects} projects of {KeysPerProject} keys.");
        for (var i = 0; i < BudgetShares.Length; i++)
        {
            var limited = tenant.Projects[Projects - BudgetShares.Length + i];
            var used = await ReadAmountAsync(calls, tenant, limited, cancellation);
            var budget = decimal.Round(BudgetShares[i] * CostOf(fleet, limited), 6);
            await management.BlockAmountAsync(tenant.Id, limited.Id, used + budget, cancellation);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{limited.Name} ({limited.Id}) may spend {budget} {DemoPrices.Currency} more this month."));
        }

        var source = new DemoSource(options, fleet.Keys.Count, time);
        var result = await display.ShowAsync(
            "demo", report => Load(fleet, source, options.RunId).RunAsync(report, cancellation));
        RunReport.Print(output, result);
        PrintLooks(tenant);
        PrintConsole(people);
        if (options.Stays && !result.Interrupted)
            await StayAsync(calls, fleet, cancellation);
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
        var plan = new FleetPlan(FleetRunId, options.Seed, Tenants: 1, Projects, KeysPerProject)
        {
            Currency = DemoPrices.Currency,
        };
        var fleet = await new FleetBuilder(management, time).BuildAsync(plan, cancellation);
        await PrivateFile.WriteAsync(options.StatePath, fleet, cancellation);
        return fleet;
    }

    private async Task<IReadOnlyList<DemoAccount>> FindOrBuildPlatformAsync(
        FleetTenant live, CancellationToken cancellation)
    {
        if (options.AccountsPath is not { } path)
            return [];
        using var http = new HttpClient { BaseAddress = options.Node.First.BaseAddress };
        var calls = new DemoCalls(http, options.Node.ReadOperatorToken(), options.Node.ReadGatewayToken());
        return await new DemoPlatform(calls, path, output, time).FindOrBuildAsync(live, cancellation);
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

    /// <summary>Sends a trickle and shows the table until it is cancelled.</summary>
    private async Task StayAsync(ManagementCalls calls, Fleet fleet, CancellationToken cancellation)
    {
        output.WriteLine();
        output.WriteLine($"{TrickleEventsPerSecond} events a second go on; Ctrl-C ends the demo and the node.");
        var trickle = options with
        {
            EventsPerSecond = TrickleEventsPerSecond,
            Duration = TimeSpan.FromDays(1),
            Seed = options.Seed + 1,
        };
        var source = new DemoSource(trickle, fleet.Keys.Count, time);
        var load = Load(fleet, source, $"more-{options.RunId}").RunAsync(static _ => { }, cancellation);
        await new DemoBoard(calls, fleet.Tenants[0], output, time).ShowAsync(cancellation);
        await load;
    }

    private LoadRun Load(Fleet fleet, DemoSource source, string runId) => new(
        new RunOptions
        {
            Targets = options.Node.Targets,
            RunId = runId,
            Keys = fleet.Keys,
            Connections = options.Connections,
        },
        source,
        new NoSink(),
        time);

    private void PrintLooks(FleetTenant tenant)
    {
        var span = UsageSpan.Covering(time.GetUtcNow(), time.GetUtcNow());
        var address = $"{options.Node.First.BaseAddress}api/v1/tenants/{tenant.Id}";
        var token = options.Node.OperatorTokenPath;
        output.WriteLine();
        output.WriteLine("Try it, for example raise a budget and see the project accept again:");
        var limits = $"{address}/projects/{tenant.Projects[^1].Id}/limits/amount";
        output.WriteLine(
            $"  curl -X PUT -H \"Authorization: Bearer $(cat {token})\" -H 'Content-Type: application/json' "
            + $"-d '{{\"blocked\": 1000}}' '{limits}'");
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

    /// <summary>Says who can sign in to the console, and how.</summary>
    private void PrintConsole(IReadOnlyList<DemoAccount> people)
    {
        if (people.Count == 0)
            return;
        var console = $"{options.Node.First.BaseAddress}console";
        output.WriteLine();
        output.WriteLine($"The console: {console}");
        output.WriteLine($"  the operator signs in with the token in {options.Node.OperatorTokenPath}");
        foreach (var tenant in people.GroupBy(static person => (person.Tenant, person.TenantId)))
        {
            output.WriteLine($"  {tenant.Key.Tenant}: {console}/sign-in?tenant={tenant.Key.TenantId}");
            foreach (var person in tenant)
                output.WriteLine($"    {person.UserName,-8} {person.Role,-13} password {person.Password}");
        }
    }
}
