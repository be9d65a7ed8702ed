using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sluice.Metering.Keys;

namespace Sluice.Api.Hosting;

/// <summary>
/// A server that sends a request of its own through the application before it listens: whoever comes first would wait
/// for half of the program to be compiled. The request has a key that nobody has, so it ends where keys are checked.
/// </summary>
internal sealed partial class WarmServer(IServer server, ILogger<WarmServer> logger) : IServer
{
    private const string Path = "/v1/usage";

    /// <summary>The last number that a key could have; none gets that far.</summary>
    private const long NobodysKey = long.MaxValue;

    public IFeatureCollection Features => server.Features;

    /// <summary>Puts it before the server that was registered last.</summary>
    public static void Wrap(IServiceCollection services)
    {
        if (services.LastOrDefault(static s => s.ServiceType == typeof(IServer))?.ImplementationType is not { } inner)
            return;
        services.Replace(ServiceDescriptor.Singleton<IServer>(provider => new WarmServer(
            (IServer)ActivatorUtilities.CreateInstance(provider, inner),
            provider.GetRequiredService<ILogger<WarmServer>>())));
    }

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        await PassAsync(application);
        await server.StartAsync(application, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public void Dispose() => server.Dispose();

    private async Task PassAsync<TContext>(IHttpApplication<TContext> application)
        where TContext : notnull
    {
        var context = application.CreateContext(Request());
        Exception? failure = null;
        try
        {
            await application.ProcessRequestAsync(context);
        }
#pragma warning disable CA1031 // Whatever is wrong shows with the first real request, to whom it matters.
        catch (Exception e)
        {
            failure = e;
            PassFailed(logger, e.Message);
        }
#pragma warning restore CA1031
        application.DisposeContext(context, failure);
    }

    private static FeatureCollection Request()
    {
        var request = new HttpRequestFeature { Protocol = "HTTP/1.1", Method = "POST", Scheme = "http", Path = Path };
        request.Headers.Authorization = $"Bearer {ApiKeyFormat.Generate(KeyKind.Project, NobodysKey).Text}";
        request.Headers.ContentType = "application/json";
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        return features;
    }

    [LoggerMessage(1501, LogLevel.Information, "The application could not be tried before it listens: {Reason}")]
    private static partial void PassFailed(ILogger logger, string reason);
}
