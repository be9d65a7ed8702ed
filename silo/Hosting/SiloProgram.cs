using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Npgsql;
using Sluice.Api.Hosting;
using Sluice.Api.KeyRing;
using Sluice.Api.Problems;
using Sluice.Api.Settings;
using Sluice.Silo.Cluster;
using Sluice.Silo.Logging;
using Sluice.Storage.Control.Clusters;
using Sluice.Storage.Migrations;
using Sluice.WebConsole.Hosting;

namespace Sluice.Silo.Hosting;

/// <summary>The program: one node of a cluster, which may be its only one.</summary>
public sealed class SiloProgram
{
    private const int Failed = 1;

    /// <summary>The command that prepares the database with the owner's rights.</summary>
    private const string Migrate = "migrate";

    /// <summary>The command that checks whether the ledger is what was written.</summary>
    private const string Verify = "verify";

    private SiloProgram()
    {
    }

    /// <summary>Runs a node until it is stopped.</summary>
    /// <param name="args">
    /// The command line; it may set anything the environment can set. Only <c>migrate</c>: prepares the database and
    /// ends. Only <c>verify</c>: walks along the chains of the ledger, says whether it is as it was written, and ends.
    /// </param>
    /// <returns>
    /// 0 after a stop, 1 if it ended for any other reason; one that can't start says why in a sentence.
    /// </returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // Use the program's own settings file, wherever it is started from.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        var options = new SluiceOptions();
        var reader = new SluiceOptionsReader(builder.Configuration);
        reader.Configure(options);
        if (new SluiceOptionsRules().Validate(Options.DefaultName, options) is { Failed: true } invalid)
            return await EndAsync([.. invalid.Failures]);
        try
        {
            if (args is [Migrate])
                return await MigrateAsync(options);
            if (args is [Verify])
                return await LedgerVerification.RunAsync(options, CancellationToken.None);

            using var folder = await NodeFolder.TakeAsync(options, TimeProvider.System, CancellationToken.None);
            if (options.TakesRequests)
                ListenPorts.CheckAreFree(options);
            var unknown = UnknownSettings.In(Environment.GetEnvironmentVariables(), reader.Names);
            return await RunAsync(builder, options, folder, unknown);
        }
        catch (NodeFolderException used)
        {
            return await EndAsync(used.Message);
        }
        catch (PortInUseException used)
        {
            return await EndAsync(used.Message);
        }
        catch (KeyFileException unusable)
        {
            return await EndAsync(unusable.Message);
        }
        catch (NodeDatabaseException unusable)
        {
            return await EndAsync(unusable.Message);
        }
        catch (MigrationException wrong)
        {
            return await EndAsync(wrong.Problem == MigrationProblem.NotOwner
                ? $"{wrong.Message} Set SLUICE_POSTGRES_OWNER to the owner's connection string and start the program "
                    + "once with the argument 'migrate', or start this node with it; see docs/runbook.md, Roles."
                : wrong.Message);
        }
    }

    private static async Task<int> RunAsync(
        WebApplicationBuilder builder, SluiceOptions options, NodeFolder folder, IReadOnlyList<string> unknownSettings)
    {
        var source = NodeServices.CreateDataSource(options);
        NodeCertificate certificate;
        DatabaseState database;
        KeyFile keys;
        try
        {
            database = await NodeDatabase.PrepareAsync(options, source, CancellationToken.None);
            keys = await KeyRingStart.OpenAsync(options, source, TimeProvider.System, CancellationToken.None);
            certificate = options.SiloCertificate.Length > 0
                ? NodeCertificate.FromFiles(options.SiloCertificate, options.SiloAuthority)
                : await NodeCertificate.OfClusterAsync(
                    new ClusterCertificateStore(source), options.Cluster, CancellationToken.None);
        }
        catch (NpgsqlException unreachable)
        {
            throw NodeDatabaseException.Of("SLUICE_POSTGRES", unreachable);
        }

        using var ownCertificate = certificate;
        using var ports = SiloPorts.Reserve(options);
        builder.Logging.ClearProviders()
            .AddConsole(static console => console.FormatterName = NodeConsoleFormatter.FormatterName)
            .AddConsoleFormatter<NodeConsoleFormatter, ConsoleFormatterOptions>();
        builder.Services.AddNode(options, source, keys);
        builder.AddCluster(options, folder.Node, certificate, ports);
        if (options.TakesRequests)
            builder.Services.AddConsole(options.PublicUrl.StartsWith("https://", StringComparison.OrdinalIgnoreCase));
        await using var app = builder.Build();

        foreach (var address in options.ListenAddresses)
            app.Urls.Add(address);
        if (options.TakesRequests)
            app.UseConsoleCalls();
        app.UseNode(options.TakesRequests);
        if (options.TakesRequests)
            app.MapConsole(new FailurePage(FailedPage.Show));
        foreach (var warning in unknownSettings)
            SiloLog.UnknownSetting(app.Logger, warning);
        NodeDatabase.Warn(options, database, app.Logger);
        try
        {
            await app.RunAsync();
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            return await EndAsync(ListenPorts.InUse(options.Listen));
        }

        return Environment.ExitCode;
    }

    /// <summary>Prepares the database and ends, so that no node needs the owner's connection.</summary>
    private static async Task<int> MigrateAsync(SluiceOptions options)
    {
        await using var source = NodeServices.CreateDataSource(options);
        var database = await NodeDatabase.PrepareAsync(options, source, CancellationToken.None);
        if (database.Applied > 0)
            await Console.Out.WriteLineAsync($"Sluice has applied {database.Applied} migrations");
        return 0;
    }

    private static async Task<int> EndAsync(params string[] reasons)
    {
        foreach (var reason in reasons)
            await Console.Error.WriteLineAsync(reason);
        return Failed;
    }
}
