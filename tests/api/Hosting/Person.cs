using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>A member who has signed in and changed the one-time password.</summary>
public sealed class Person
{
    public const string Password = "correct horse battery";

    private readonly NodeHost _host;

    private Person(NodeHost host, string tenantId, string userName, string memberId, string token)
    {
        _host = host;
        (TenantId, UserName, MemberId, Token) = (tenantId, userName, memberId, token);
        Api = host.Bearing(token);
    }

    public string TenantId { get; }

    public string UserName { get; }

    public string MemberId { get; }

    /// <summary>The token of the session.</summary>
    public string Token { get; }

    public ApiCaller Api { get; }

    public string TenantPath => $"/api/v1/tenants/{TenantId}";

    /// <summary>Creates a tenant and returns its owner.</summary>
    public static async Task<Person> OwnerAsync(NodeHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var tenant = await host.Operator().TenantAsync();
        return await BeginAsync(host, tenant.String("id"), Scene.OwnerName, tenant.String("oneTimePassword"));
    }

    /// <summary>Signs in with a one-time password and sets <see cref="Password"/>.</summary>
    public static async Task<Person> BeginAsync(NodeHost host, string tenantId, string userName, string oneTimePassword)
    {
        ArgumentNullException.ThrowIfNull(host);
        var session = await SignInAsync(host, tenantId, userName, oneTimePassword);
        session.Is(HttpStatusCode.OK);
        Assert.True(session["mustChangePassword"].GetBoolean());
        var person = new Person(
            host, tenantId, userName, session.String("memberId"), session.String("accessToken"));
        (await person.Api.PostAsync("/api/v1/me/password", new { current = oneTimePassword, @new = Password }))
            .Is(HttpStatusCode.OK);
        return person;
    }

    public static Task<Answer> SignInAsync(
        NodeHost host, string tenant, string userName, string password, string? totp = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        return host.Anonymous().PostAsync("/api/v1/session", new { tenant, userName, password, totp });
    }

    public Task<Answer> SignInAgainAsync(string password = Password, string? totp = null) =>
        SignInAsync(_host, TenantId, UserName, password, totp);
}
