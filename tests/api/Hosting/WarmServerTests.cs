using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Sluice.Api.Hosting;

public sealed class WarmServerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TheApplicationHasSeenARequest_BeforeTheServerListens_WhateverBecameOfIt(bool fails)
    {
        var application = new Application(fails);
        var services = new ServiceCollection();
        services.AddSingleton<ILogger<WarmServer>>(NullLogger<WarmServer>.Instance);
        services.AddSingleton<IServer, Listener>();
        WarmServer.Wrap(services);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IServer>().StartAsync(application, TestContext.Current.CancellationToken);

        Assert.Equal(["POST /v1/usage", "end", "listens"], application.Story);
    }

    /// <summary>Records what happens, in order.</summary>
    private sealed class Application(bool fails) : IHttpApplication<IFeatureCollection>
    {
        public List<string> Story { get; } = [];

        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public Task ProcessRequestAsync(IFeatureCollection context)
        {
            var request = context.GetRequiredFeature<IHttpRequestFeature>();
            Story.Add($"{request.Method} {request.Path}");
            return fails ? Task.FromException(new InvalidOperationException("broken")) : Task.CompletedTask;
        }

        public void DisposeContext(IFeatureCollection context, Exception? exception) => Story.Add("end");
    }

    private sealed class Listener : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull
        {
            ((Application)(object)application).Story.Add("listens");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
