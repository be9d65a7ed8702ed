using System.Globalization;
using System.Text.Json;
using Sluice.LoadTest.Fleets;
using Sluice.LoadTest.Management;
using Spectre.Console;

namespace Sluice.LoadTest.Demo;

/// <summary>
/// Shows what the demo's scopes have spent, live: on a terminal as a table in place, otherwise as one table every few
/// seconds while anything changes.
/// </summary>
internal sealed class DemoBoard(ManagementCalls calls, FleetTenant tenant, TextWriter output, TimeProvider time)
{
    private const int BarWidth = 24;
    private const decimal AsGoodAsSpent = 0.995m;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PrintEvery = TimeSpan.FromSeconds(10);

    /// <summary>Shows the table until it is cancelled.</summary>
    public async Task ShowAsync(CancellationToken cancellation)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        try
        {
            if (output == Console.Out && !Console.IsOutputRedirected && console.Profile.Capabilities.Ansi)
                await ShowInPlaceAsync(console, cancellation);
            else
                await PrintAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Ctrl-C is how the demo ends.
        }
    }

    /// <summary>Reads the tenant and its projects from the live counters.</summary>
    public async Task<IReadOnlyList<DemoScope>> ReadAsync(CancellationToken cancellation)
    {
        var state = await calls.GetAsync($"api/v1/tenants/{tenant.Id}/state", cancellation);
        var found = new Dictionary<string, DemoScope>();
        foreach (var scope in state.GetProperty("items").EnumerateArray())
        {
            foreach (var counter in scope.GetProperty("metrics").EnumerateArray())
            {
                if (counter.GetProperty("metric").GetString() != "amount")
                    continue;
                var limit = counter.GetProperty("limit");
                found[scope.GetProperty("scopeId").GetString()!] = new(
                    "",
                    counter.GetProperty("used").GetDecimal(),
                    limit.ValueKind == JsonValueKind.Number ? limit.GetDecimal() : null,
                    counter.GetProperty("state").GetString()!);
            }
        }

        var nothing = new DemoScope("", 0, null, "ok");
        return
        [
            found.GetValueOrDefault(tenant.Id, nothing) with { Name = "the tenant" },
            .. tenant.Projects.Select(
                project => found.GetValueOrDefault(project.Id, nothing) with { Name = project.Name }),
        ];
    }

    private static string Number(decimal? value) =>
        value?.ToString("N4", CultureInfo.InvariantCulture) ?? "no limit";

    private static string Bar(DemoScope scope)
    {
        if (scope.Share is not { } share)
            return "";
        var filled = (int)Math.Round(share * BarWidth, MidpointRounding.ToZero);
        return new string('█', filled) + new string('░', BarWidth - filled);
    }

    /// <summary>What is left of a budget may be too little for any request before its last unit is spent.</summary>
    private static string StateOf(DemoScope scope) =>
        scope.State == "blocked" || scope.Share > AsGoodAsSpent ? "refuses" : scope.State;

    private static Table TableOf(IReadOnlyList<DemoScope> scopes)
    {
        var table = new Table().RoundedBorder()
            .AddColumn("scope").AddColumn("spent").AddColumn("limit").AddColumn("").AddColumn("state");
        foreach (var scope in scopes)
        {
            var color = StateOf(scope) switch { "refuses" => "red", "warning" => "yellow", _ => "green" };
            table.AddRow(
                Markup.Escape(scope.Name),
                Number(scope.Used),
                Number(scope.Limit),
                $"[{color}]{Bar(scope)}[/]",
                $"[{color}]{StateOf(scope)}[/]");
        }

        return table;
    }

    private async Task ShowInPlaceAsync(IAnsiConsole console, CancellationToken cancellation) => await console
        .Live(TableOf(await ReadAsync(cancellation)))
        .StartAsync(async live =>
        {
            while (true)
            {
                await Task.Delay(LookEvery, time, cancellation);
                live.UpdateTarget(TableOf(await ReadAsync(cancellation)));
            }
        });

    private async Task PrintAsync(CancellationToken cancellation)
    {
        IReadOnlyList<DemoScope> last = [];
        while (true)
        {
            var scopes = await ReadAsync(cancellation);
            if (!scopes.SequenceEqual(last))
            {
                await output.WriteLineAsync();
                foreach (var scope in scopes)
                {
                    await output.WriteLineAsync(
                        $"{scope.Name,-12} {Number(scope.Used),12} of {Number(scope.Limit),10}  {StateOf(scope)}");
                }
            }

            last = scopes;
            await Task.Delay(PrintEvery, time, cancellation);
        }
    }
}
