using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Management;

/// <summary>How many things of a kind one tenant, or one member, may have.</summary>
public sealed class BoundTests(NodeHost host) : IClassFixture<NodeHost>
{
    [Fact]
    public async Task ATenant_HasAThousandProjects_AndAnotherTenantIsFree()
    {
        var (full, other) = (await Customer.CreateAsync(host), await Customer.CreateAsync(host));
        await FillAsync(
            "project (id, tenant_id, name, is_default, created_at)",
            $"{Id}, {Scene.IdOf(full.TenantId)}, 'p' || i, false, now()",
            998);

        (await CreateAsync(full)).Is(HttpStatusCode.Created);
        (await CreateAsync(full)).IsProblem(HttpStatusCode.TooManyRequests, "too-many-projects");
        (await CreateAsync(other)).Is(HttpStatusCode.Created);

        static Task<Answer> CreateAsync(Customer of) =>
            of.Operator.PostAsync($"{of.TenantPath}/projects", new { name = $"project {Guid.NewGuid():n}" });
    }

    [Fact]
    public async Task ATenant_HasTenThousandMembers_HoweverTheyCome()
    {
        var owner = await Person.OwnerAsync(host);
        var link = (await owner.Api.PostAsync($"{owner.TenantPath}/invitations/bulk", new
        {
            role = "member",
            maxUses = 5,
            expiresAt = host.Time.GetUtcNow().AddDays(1),
        })).Is(HttpStatusCode.Created).String("link");
        await FillAsync(
            "member (id, tenant_id, user_name, role, password_hash, must_change_password, created_at)",
            $"{Id}, {Scene.IdOf(owner.TenantId)}, 'u' || i, 2, '', false, now()",
            9_999);

        (await owner.Api.PostAsync(owner.MembersPath(), new { userName = "bob", role = "member" }))
            .IsProblem(HttpStatusCode.TooManyRequests, "too-many-members");
        (await host.Anonymous().PostAsync("/api/v1/invitations/accept", new
        {
            token = link.Split("token=")[1],
            userName = "bob",
            password = Person.Password,
        })).IsProblem(HttpStatusCode.TooManyRequests, "too-many-members");
    }

    [Fact]
    public async Task ATenant_HasAThousandOpenInvitations_AndAMemberAHundredTokens()
    {
        var owner = await Person.OwnerAsync(host);
        await FillAsync(
            "invitation (id, tenant_id, email, role, token_hash, max_uses, created_by, created_at, expires_at)",
            $"{Id}, {Scene.IdOf(owner.TenantId)}, 'a' || i || '@example.com', 2, sha256(('i' || i)::bytea), 1, "
            + "'operator', now(), now()",
            1_000);
        await FillAsync(
            "access_token (id, member_id, name, token_hash, scopes, created_at)",
            $"{Id}, {Scene.IdOf(owner.MemberId)}, 't' || i, sha256(('t' || i)::bytea), array['*'], now()",
            100);

        (await owner.Api.PostAsync(
            $"{owner.TenantPath}/invitations", new { email = "bob@example.com", role = "member" }))
            .IsProblem(HttpStatusCode.TooManyRequests, "too-many-invitations");
        (await owner.Api.PostAsync("/api/v1/me/tokens", new { name = "ci", scopes = new[] { "*" } }))
            .IsProblem(HttpStatusCode.TooManyRequests, "too-many-tokens");
    }

    [Fact]
    public async Task ATenant_HasAHundredThousandKeys()
    {
        var customer = await Customer.CreateAsync(host);
        await FillAsync(
            "api_key (id, tenant_id, project_id, kind, name, secret_hash, created_at)",
            $"{Id}, {Scene.IdOf(customer.TenantId)}, {Scene.IdOf(customer.ProjectId)}, 1, 'k' || i, "
            + "sha256(('k' || i)::bytea), now()",
            99_999);

        (await customer.Operator.PostAsync($"{customer.ProjectPath}/keys", new { name = "more" }))
            .IsProblem(HttpStatusCode.TooManyRequests, "too-many-keys");
    }

    [Fact]
    public async Task TestMails_AreTwentyInAnHour_HoweverManyAreSentAtOnce()
    {
        var customer = await Customer.CreateAsync(host);

        var sent = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => SendAsync()));
        Assert.Equal(20, sent.Count(static answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(10, sent.Count(static answer => answer.Status == HttpStatusCode.TooManyRequests));
        (await SendAsync()).IsProblem(HttpStatusCode.TooManyRequests, "too-many-test-mails");
        host.Time.Turn(TimeSpan.FromMinutes(61));
        (await SendAsync()).Is(HttpStatusCode.Created);

        Task<Answer> SendAsync() => customer.Operator.PostAsync(
            $"{customer.TenantPath}/notifications/test", new { email = "stranger@example.com" });
    }

    /// <summary>A new id; those of the product are random too, and begin lower.</summary>
    private const string Id = "9000000000000000000 + (random() * 100000000000000000)::bigint";

    private Task FillAsync(string table, string values, int rows) => host.QueryAsync<object>(
        $"insert into {table} select {values} from generate_series(1, {rows}) as i");
}
