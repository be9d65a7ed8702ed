using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Sluice.Api.Tests.Management;

[Collection<MembersNode>]
public sealed class AccessTests(NodeHost host)
{
    [Fact]
    public async Task EveryManagementAddress_AsksForASignIn()
    {
        var routes = host.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>()
            .Where(static route => route.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal))
            .Where(static route => route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .SelectMany(static route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods,
                static (route, method) => (Method: method, Path: route.RoutePattern.RawText!))
            .ToList();
        Assert.True(routes.Count >= 30, $"only {routes.Count} addresses");
        var anonymous = host.Anonymous();
        var gateway = host.Bearing(NodeHost.GatewayToken);

        foreach (var (method, path) in routes)
        {
            var answer = await anonymous.SendAsync(new HttpMethod(method), path, null, null);
            answer.IsProblem(HttpStatusCode.Unauthorized, "unauthorized");
            Assert.Equal("Bearer", answer.Message.Headers.WwwAuthenticate.Single().Scheme);
            (await gateway.SendAsync(new HttpMethod(method), path, null, null))
                .IsProblem(HttpStatusCode.Forbidden, "forbidden");
        }
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("operator-token-of-the-test")]
    [InlineData("operator-token-of-the-tests2")]
    public async Task AWrongToken_IsNotSignedIn(string token) =>
        (await host.Bearing(token).GetAsync("/api/v1/tenants")).IsProblem(HttpStatusCode.Unauthorized, "unauthorized");

    [Fact]
    public async Task TokensAndSecrets_AreNeverLogged()
    {
        var api = host.Operator();
        var tenant = await api.TenantAsync();
        var keys = $"/api/v1/tenants/{tenant.String("id")}/projects/{tenant.String("defaultProjectId")}/keys";
        var key = await api.PostAsync(keys, new { name = "web" }, "idempotency-key-of-the-test");
        await host.Bearing("wrong-token-of-the-test").GetAsync("/api/v1/tenants");

        var log = host.Log.Text;

        Assert.Contains(keys, log);
        Assert.DoesNotContain(NodeHost.OperatorToken, log);
        Assert.DoesNotContain("wrong-token-of-the-test", log);
        Assert.DoesNotContain(key.String("secret"), log);
        Assert.DoesNotContain(tenant.String("oneTimePassword"), log);
        Assert.DoesNotContain("idempotency-key-of-the-test", log);
    }
}
