using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Sluice.Api.Tests.Management.Live;

/// <summary>Open streams do not keep a node from stopping.</summary>
public sealed class LiveStopTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task AStream_EndsAtOnce_WhenTheNodeStops()
    {
        var customer = await Customer.CreateAsync(host);
        using var live = await LiveReader.OpenAsync(host, customer.TenantPath, NodeHost.OperatorToken);
        await live.SnapshotAsync();

        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        await live.EndAsync().WaitAsync(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
    }
}
