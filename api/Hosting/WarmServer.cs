using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sluice.Metering.Keys;

namespace Sluice.Api.Hosting;

/// <summary>
/// A server that sends a request of its own through the application before it listens: otherwise the first caller would
/// wait until half of the program is compiled. The request has a key that does not exist, so it ends at the key check.
/// </summary>
internal sealed partial class WarmServer(IServer server, ILogger<WarmServer> logger) : IServer
{
    private const string Path = "/v1/usage";

    /// <summary>The highest possible key number; no real key gets it.</summary>
    private const long NobodysKey = long.MaxValue;

    public IFeatureCollection Features => server.Features;

    /// <summary>Wraps the server that was registered last.</summary>
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
#pragma warning disable CA1031 // A failure here shows again with the first real request, where it matters.
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
        features.Set<IHttpMaxRequestBodySizeFeature>(new AnySize());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        return features;
    }

    /// <summary>Lets endpoints set the body size; the pipeline would warn of a server that can't.</summary>
    private sealed class AnySize : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
    }

    [LoggerMessage(1501, LogLevel.Information, "Warm-up request failed: {Reason}")]
    private static partial void PassFailed(ILogger logger, string reason);
}
