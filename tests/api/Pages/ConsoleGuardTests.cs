using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Pages;

/// <summary>What comes before every page of the console.</summary>
public sealed class ConsoleGuardTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Theory]
    [InlineData("/console")]
    [InlineData("/console/platform")]
    [InlineData("/CONSOLE/Platform")]
    [InlineData("/Console/T/t0000000001a/users")]
    [InlineData("/console/api/tenants")]
    public async Task APage_AsksForASignIn_WhateverTheCaseOfItsAddress(string path)
    {
        var answer = (await host.Anonymous().GetAsync(path)).Is(HttpStatusCode.OK);

        Assert.EndsWith("/console/sign-in", answer.Message.RequestMessage!.RequestUri!.AbsolutePath);
        Assert.Contains("name=\"Input.Password\"", answer.Text);
        var policy = answer.Message.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy);
        Assert.DoesNotContain("unsafe", policy);
    }
}
