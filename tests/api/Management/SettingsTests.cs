using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management;

[Collection<SettingsNode>]
public sealed class SettingsTests(NodeHost host)
{
    [Fact]
    public async Task WhatIsLeftOut_Stays_AndAContactOfNullIsRemoved()
    {
        var owner = await Person.OwnerAsync(host);
        var path = $"{owner.TenantPath}/settings";
        (await owner.Api.GetAsync(path)).IsJson(
            """
            {"name": "Aurora", "timeZone": "Asia/Tokyo", "language": "en", "currency": "JPY", "requireMfa": false,
             "billingContact": null, "ownerAppointsAdministrators": false,
             "unpricedUsage": "allow", "billingSite": null}
            """);

        (await owner.Api.PatchAsync(path, new { billingContact = "bills@example.com", language = "fr" })).IsJson(
            """
            {"name": "Aurora", "timeZone": "Asia/Tokyo", "language": "fr", "currency": "JPY", "requireMfa": false,
             "billingContact": "bills@example.com", "ownerAppointsAdministrators": false,
             "unpricedUsage": "allow", "billingSite": null}
            """);
        (await owner.Api.PatchAsync(path, new { name = "Borealis", timeZone = "Europe/Paris" })).Is(HttpStatusCode.OK);
        (await owner.Api.GetAsync(path)).IsJson(
            """
            {"name": "Borealis", "timeZone": "Europe/Paris", "language": "fr", "currency": "JPY", "requireMfa": false,
             "billingContact": "bills@example.com", "ownerAppointsAdministrators": false,
             "unpricedUsage": "allow", "billingSite": null}
            """);

        var removed = await owner.Api.PatchAsync(path, """{"billingContact": null}""");
        Assert.Equal("null", removed.Is(HttpStatusCode.OK)["billingContact"].GetRawText());
        var entry = (await owner.AuditAsync(host, "tenant.changed"))[0];
        Assert.Equal("bills@example.com", entry.GetProperty("before").GetProperty("billingContact").GetString());
        Assert.Equal("Borealis", (await host.Operator().GetAsync(owner.TenantPath)).String("name"));
    }

    [Fact]
    public async Task EveryRuleThatIsBroken_IsNamed()
    {
        var owner = await Person.OwnerAsync(host);

        (await owner.Api.PatchAsync(
            $"{owner.TenantPath}/settings",
            new { name = " ", timeZone = "Mars/Olympus", language = "de", billingContact = "nobody" }))
            .BreaksRules(
                "name: required", "timeZone: time-zone-unknown", "language: one-of", "billingContact: address-form");
        (await owner.Api.PatchAsync($"{owner.TenantPath}/settings", new { currency = "EUR" }))
            .IsProblem(HttpStatusCode.BadRequest, "bad-request");
    }

    [Fact]
    public async Task ASecondFactor_IsDemandedByThoseWhoHaveOne_AndThenOfEverybody()
    {
        var owner = await Person.OwnerAsync(host);
        var admin = await owner.AddAsync(host, "adam", "administrator");
        var path = $"{owner.TenantPath}/settings";

        var refused = (await owner.Api.PatchAsync(path, new { requireMfa = true, name = "Borealis" }))
            .IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Contains("/api/v1/me/mfa/enroll", refused.String("detail"));
        Assert.Equal("Aurora", (await owner.Api.GetAsync(path)).String("name"));

        await host.QueryAsync<object>(
            "update member set totp_secret = '\\x00', totp_confirmed_at = now() where id = $1",
            Scene.IdOf(owner.MemberId));
        (await owner.Api.PatchAsync(path, new { requireMfa = true })).Is(HttpStatusCode.OK);

        Assert.True((await owner.Api.GetAsync(path))["requireMfa"].GetBoolean());
        var shut = (await admin.Api.GetAsync(path)).IsProblem(HttpStatusCode.Forbidden, "forbidden");
        Assert.Contains("/api/v1/me/mfa/enroll", shut.String("detail"));
        (await owner.Api.PatchAsync(path, new { requireMfa = false })).Is(HttpStatusCode.OK);
        (await admin.Api.GetAsync(path)).Is(HttpStatusCode.OK);
        (await host.Operator().PatchAsync(path, new { requireMfa = true })).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task APlainMember_NeitherSeesNorChangesThem()
    {
        var owner = await Person.OwnerAsync(host);
        var bob = await owner.AddAsync(host, "bob");

        (await bob.Api.GetAsync($"{owner.TenantPath}/settings")).Lacks("settings:read");
        (await bob.Api.PatchAsync($"{owner.TenantPath}/settings", new { name = "Mine" })).Lacks("tenant:change");
        (await bob.Api.GetAsync($"{(await Person.OwnerAsync(host)).TenantPath}/settings"))
            .IsProblem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task TheBillingSite_IsSetByTheOperator_AndReadByTheTenant()
    {
        var owner = await Person.OwnerAsync(host);
        var path = $"{owner.TenantPath}/settings";
        const string Site = "https://billing.example.com/acme?account=7";

        var refused = (await owner.Api.PatchAsync(path, new { billingSite = Site })).Lacks("tenants:manage");
        Assert.StartsWith("billingSite:", refused.String("detail"));
        (await host.Operator().PatchAsync(path, new { billingSite = Site })).Is(HttpStatusCode.OK);

        Assert.Equal(Site, (await owner.Api.GetAsync(path)).String("billingSite"));
        // What it does not name stays.
        (await owner.Api.PatchAsync(path, new { name = "Borealis" })).Is(HttpStatusCode.OK);
        Assert.Equal(Site, (await owner.Api.GetAsync(path)).String("billingSite"));
        (await host.Operator().PatchAsync(path, """{"billingSite": null}""")).Is(HttpStatusCode.OK);
        Assert.Equal("null", (await owner.Api.GetAsync(path))["billingSite"].GetRawText());
        var entry = (await owner.AuditAsync(host, "tenant.changed"))[^1];
        Assert.Equal(Site, entry.GetProperty("after").GetProperty("billingSite").GetString());
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("billing.example.com")]
    [InlineData("https://user:password@example.com")]
    [InlineData("https://example.com/a b")]
    public async Task ABillingSite_ThatABrowserShouldNotOpen_IsRefused(string site)
    {
        var owner = await Person.OwnerAsync(host);

        (await host.Operator().PatchAsync($"{owner.TenantPath}/settings", new { billingSite = site }))
            .BreaksRules("billingSite: url-form");
    }
}
