using Microsoft.Extensions.Options;
using Npgsql;
using Sluice.Api.Auth;
using Sluice.Api.Settings;
using Sluice.Storage.Migrations;

namespace Sluice.Api.Hosting;

/// <summary>What the programs of a node and of a cluster have in common: settings, schema, endpoints.</summary>
public static class NodeProgram
{
    /// <summary>Runs until stopped; the exit code is 2 where the settings are wrong.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="addMetering">Adds the engine and the authorities, here or elsewhere.</param>
    /// <param name="takesRequests">False for a process that only hosts authorities: it answers health checks.</param>
    public static async Task<int> RunAsync(
        string[] args, Action<WebApplicationBuilder> addMetering, bool takesRequests = true)
    {
        ArgumentNullException.ThrowIfNull(addMetering);
        // The program's own settings file counts, wherever it is started from.
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddNode(takesRequests);
        addMetering(builder);
        await using var app = builder.Build();

        SluiceOptions settings;
        try
        {
            settings = app.Services.GetRequiredService<IOptions<SluiceOptions>>().Value;
        }
        catch (OptionsValidationException invalid)
        {
            foreach (var failure in invalid.Failures)
                await Console.Error.WriteLineAsync(failure);
            return 2;
        }

        // Before the first request: the tokens exist, and the schema is this program's.
        app.Services.GetRequiredService<ServiceTokens>();
        try
        {
            await MigrationRunner.ApplyAsync(
                app.Services.GetRequiredService<NpgsqlDataSource>(), app.Lifetime.ApplicationStopping);
        }
        catch (MigrationException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return 2;
        }

        foreach (var address in settings.ListenAddresses)
            app.Urls.Add(address);
        app.UseNode(takesRequests);
        await app.RunAsync();
        return Environment.ExitCode;
    }
}
