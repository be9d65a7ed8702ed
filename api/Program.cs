using Microsoft.Extensions.Options;
using Npgsql;
using Sluice.Api.Auth;
using Sluice.Api.Hosting;
using Sluice.Api.Settings;
using Sluice.Storage.Migrations;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddNode();
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
await MigrationRunner.ApplyAsync(
    app.Services.GetRequiredService<NpgsqlDataSource>(), app.Lifetime.ApplicationStopping);

foreach (var address in settings.ListenAddresses)
    app.Urls.Add(address);
app.UseNode();
await app.RunAsync();
return 0;
