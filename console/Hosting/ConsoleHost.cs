using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sluice.WebConsole.Assets;
using Sluice.WebConsole.Calls;
using Sluice.WebConsole.Layout;
using Sluice.WebConsole.Sessions;

namespace Sluice.WebConsole.Hosting;

/// <summary>Adds the console to a node.</summary>
public static class ConsoleHost
{
    /// <param name="services">The services of the node.</param>
    /// <param name="isHttps">Whether callers use HTTPS although requests may arrive without it, behind a proxy.</param>
    public static IServiceCollection AddConsole(this IServiceCollection services, bool isHttps)
    {
        services.AddRazorComponents();
        services.AddAntiforgery(static options =>
        {
            options.Cookie.Name = "sluice_form";
            options.Cookie.Path = ConsoleGuard.Root;
            options.Cookie.SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Strict;
            options.SuppressXFrameOptionsHeader = true;
        });
        return services
            .AddSingleton(new ConsoleOptions(isHttps))
            .AddSingleton<NodeCalls>()
            .AddSingleton<NodeApi>()
            .AddSingleton<OperatorCookie>()
            .AddScoped<ConsoleSession>()
            .AddScoped<ConsoleView>();
    }

    /// <summary>Lets the console call what follows in the pipeline. Comes first of all.</summary>
    public static void UseConsoleCalls(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        ((IApplicationBuilder)app).Use(app.Services.GetRequiredService<NodeCalls>().Capture);
        // Otherwise requests are routed before this point, and those of the console would not be.
        app.UseRouting();
    }

    /// <summary>Maps the pages. Comes after the API.</summary>
    /// <param name="app">The node.</param>
    /// <param name="metadata">What else is known of the pages.</param>
    public static void MapConsole(this WebApplication app, params object[] metadata)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.Use(ConsoleGuard.InvokeAsync);
        app.UseAntiforgery();
        app.MapConsoleAssets();
        app.MapReads();
        app.MapRazorComponents<App>().AllowAnonymous()
            .WithMetadata([new ExcludeFromDescriptionAttribute(), .. metadata]);
    }
}
