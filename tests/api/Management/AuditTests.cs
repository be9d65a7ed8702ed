using System.Net;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Management;

[Collection<SettingsNode>]
public sealed class AuditTests(NodeHost host)
{
    [Fact]
    public async Task WhoDidWhat_IsThere_NewestFirst_WithBeforeAndAfter()
    {
        var owner = await Person.OwnerAsync(host);
        var project = (await owner.Api.PostAsync($"{owner.TenantPath}/projects", new { name = "web" }))
            .Is(HttpStatusCode.Created).String("id");
        (await host.Operator().PatchAsync($"{owner.TenantPath}/projects/{project}", new { name = "shop" }))
            .Is(HttpStatusCode.OK);

        var entries = (await owner.Api.GetAsync($"{owner.TenantPath}/audit?action=project"))
            .Is(HttpStatusCode.OK)["items"];

        Assert.Equal(2, entries.GetArrayLength());
        var (renamed, created) = (entries[0], entries[1]);
        Assert.Equal("project.renamed", renamed.GetProperty("action").GetString());
        Assert.Equal("operator", renamed.GetProperty("actor").GetString());
        Assert.Equal("web", renamed.GetProperty("before").GetProperty("name").GetString());
        Assert.Equal("shop", renamed.GetProperty("after").GetProperty("name").GetString());
        Assert.Equal("127.0.0.1", created.GetProperty("address").GetString()!.Replace("::ffff:", ""));
        Assert.Equal(owner.MemberId, created.GetProperty("actor").GetString());
        Assert.Equal(project, created.GetProperty("target").GetString());
    }

    [Fact]
    public async Task Pages_LeadToTheBeginning_EachEntryOnce()
    {
        var owner = await Person.OwnerAsync(host);
        for (var i = 0; i < 5; i++)
        {
            (await owner.Api.PostAsync($"{owner.TenantPath}/projects", new { name = $"p{i}" }))
                .Is(HttpStatusCode.Created);
        }

        var seen = new List<string>();
        string? next = "";
        while (next is not null)
        {
            var page = (await owner.Api.GetAsync($"{owner.TenantPath}/audit?limit=2&after={next}"))
                .Is(HttpStatusCode.OK);
            seen.AddRange(page["items"].EnumerateArray().Select(static e => e.GetProperty("id").GetString()!));
            next = page["next"].GetString();
        }

        Assert.True(seen.Count >= 8, $"only {seen.Count} entries");
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task WhatCantBeRead_IsNamed()
    {
        var owner = await Person.OwnerAsync(host);

        (await owner.Api.GetAsync($"{owner.TenantPath}/audit?from=yesterday")).BreaksRules("from: time-form");
        (await owner.Api.GetAsync($"{owner.TenantPath}/audit?after=x")).BreaksRules("after: id-form");
    }

    [Fact]
    public async Task TheProgramsRole_MayNotChangeHistory()
    {
        foreach (var role in new[] { PostgresCluster.Owner, PostgresCluster.Service })
        {
            foreach (var privilege in new[] { "update", "delete", "truncate" })
            {
                Assert.False(await host.QueryAsync<bool>(
                    "select has_table_privilege(rolname, 'audit_log', $2) or rolsuper from pg_roles where rolname = $1",
                    role, privilege));
            }
        }
    }
}
