using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Api.Access;
using Xunit;

namespace Sluice.Api.Tests.Access;

/// <summary>
/// The roles of the rule book, cell by cell, through HTTP: for each address and each role, allowed or refused. An
/// allowed request may still be refused for its content, because these requests send nothing useful: they change
/// nothing, so all can be tried on one tenant.
/// </summary>
public sealed class AddressTests(NodeHost host) : IClassFixture<NodeHost>
{
    private const string Operator = "operator";
    private const string OwnerRole = "owner";
    private const string AdministratorRole = "administrator";
    private const string Lead = "project administrator";
    private const string Plain = "member";

    /// <summary>The rule book's table, written down again instead of read from the program.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["tenants:manage"] = [Operator],
        ["platform:read"] = [Operator],
        ["quota:set"] = [Operator],
        ["thresholds:set"] = [Operator],
        ["prices:set"] = [Operator],
        ["plans:set"] = [Operator],
        ["tenant:read"] = [Operator, OwnerRole, AdministratorRole, Lead, Plain],
        ["tenant:change"] = [Operator, OwnerRole, AdministratorRole],
        ["billing:read"] = [Operator, OwnerRole, AdministratorRole],
        ["quota:request"] = [Operator, OwnerRole, AdministratorRole],
        ["settings:read"] = [Operator, OwnerRole, AdministratorRole],
        ["invitations:read"] = [Operator, OwnerRole, AdministratorRole],
        ["members:read"] = [Operator, OwnerRole, AdministratorRole, Lead],
        ["members:manage"] = [Operator, OwnerRole, AdministratorRole],
        ["administrators:manage"] = [Operator, OwnerRole, AdministratorRole],
        ["ownership:transfer"] = [Operator, OwnerRole],
        ["projects:read"] = [Operator, OwnerRole, AdministratorRole, Lead, Plain],
        ["projects:manage"] = [Operator, OwnerRole, AdministratorRole],
        ["projects:rename"] = [Operator, OwnerRole, AdministratorRole, Lead],
        ["project-members:read"] = [Operator, OwnerRole, AdministratorRole, Lead, Plain],
        ["project-members:manage"] = [Operator, OwnerRole, AdministratorRole, Lead],
        ["keys:manage"] = [Operator, OwnerRole, AdministratorRole, Lead],
        ["keys:read"] = [Operator, OwnerRole, AdministratorRole, Lead],
        ["seats:manage"] = [Operator, OwnerRole, AdministratorRole],
        ["seats:renew"] = [Operator, OwnerRole, AdministratorRole],
        ["limits:read"] = [Operator, OwnerRole, AdministratorRole, Lead, Plain],
        ["limits:set"] = [Operator, OwnerRole, AdministratorRole],
        ["key-limits:set"] = [Operator, OwnerRole, AdministratorRole, Lead],
        // Let in by the endpoint; which limits they may boost depends on the body.
        ["boosts:manage"] = [Operator, OwnerRole, AdministratorRole, Lead, Plain],
        ["thresholds:read"] = [Operator, OwnerRole, AdministratorRole],
        ["usage:read"] = [Operator, OwnerRole, AdministratorRole, Lead, Plain],
        ["usage-of-all:read"] = [Operator, OwnerRole, AdministratorRole],
        ["audit:read"] = [Operator, OwnerRole, AdministratorRole],
        ["notifications:manage"] = [Operator, OwnerRole, AdministratorRole],
        ["personal-key:manage"] = [OwnerRole, AdministratorRole, Lead, Plain],
        ["own-usage:read"] = [OwnerRole, AdministratorRole, Lead, Plain],
        ["account:read"] = [OwnerRole, AdministratorRole, Lead, Plain],
        ["account:password"] = [OwnerRole, AdministratorRole, Lead, Plain],
        ["account:mfa"] = [OwnerRole, AdministratorRole, Lead, Plain],
        ["own-tokens:read"] = [OwnerRole, AdministratorRole, Lead, Plain],
        ["own-tokens:manage"] = [OwnerRole, AdministratorRole, Lead, Plain],
        ["account:sign-out"] = [OwnerRole, AdministratorRole, Lead, Plain],
    };

    /// <summary>
    /// Addresses that list what the caller may see: they refuse no one, where the permission for one of these things
    /// depends on whose it is.
    /// </summary>
    private static readonly Dictionary<string, string[]> AllowedAt = new()
    {
        ["GET /api/v1/tenants/{t}/keys"] = [Operator, OwnerRole, AdministratorRole, Lead, Plain],
    };

    [Fact]
    public async Task EveryRole_MayWhatTheRuleBookSays_AndNothingElse()
    {
        var cast = await Cast.CreateAsync(host);
        var callers = CallersOf(cast);
        var wrong = new List<string>();
        var cells = 0;
        // Addresses that remove something come last, the smaller things first, and are tried first by those who lack
        // the permission.
        var addresses = Addresses().Where(static a => !IsOwn(a))
            .OrderBy(static a => a.Method == "DELETE").ThenByDescending(static a => a.Path.Length);
        foreach (var address in addresses)
        {
            var path = address.Fill(cast.Owner.TenantId, cast.Project, cast.Key);
            foreach (var (role, api) in callers)
            {
                var answer = await api.SendAsync(new HttpMethod(address.Method), path, Useless(address), null);
                cells++;
                var may = AllowedAt.GetValueOrDefault($"{address.Method} {address.Path}", Allowed[address.Permission])
                    .Contains(role);
                if (IsForbidden(answer, address) == may)
                    wrong.Add($"{role}: {address} gave {(int)answer.Status} {answer.Text}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(cells > 250, $"only {cells} cells");
    }

    [Fact]
    public async Task ForThoseWhoAreNotInIt_AProjectDoesNotExist()
    {
        var cast = await Cast.CreateAsync(host);
        var inProject = Addresses().Where(static a => a.Path.Contains("{p}", StringComparison.Ordinal)).ToList();
        Assert.True(inProject.Count >= 8, $"only {inProject.Count} addresses");
        foreach (var address in inProject)
        {
            var path = address.Fill(cast.Owner.TenantId, cast.OtherProject, cast.OtherKey);
            foreach (var person in new[] { cast.ProjectAdministrator, cast.Member })
            {
                var answer = await person.Api.SendAsync(new HttpMethod(address.Method), path, Useless(address), null);
                Assert.True(answer.Status == HttpStatusCode.NotFound, $"{address}: {answer.Status} {answer.Text}");
            }
        }
    }

    [Fact]
    public async Task ForAnotherTenantsAdministrators_NothingExists()
    {
        var cast = await Cast.CreateAsync(host);
        var stranger = await Cast.CreateAsync(host);
        var inTenant = Addresses().Where(static a => a.Path.Contains("{t}", StringComparison.Ordinal)).ToList();
        Assert.True(inTenant.Count >= 30, $"only {inTenant.Count} addresses");
        foreach (var address in inTenant)
        {
            var path = address.Fill(cast.Owner.TenantId, cast.Project, cast.Key);
            foreach (var person in new[] { stranger.Administrator, stranger.Owner, stranger.Member })
            {
                foreach (var body in new[] { Useless(address), null, "{}" })
                {
                    var answer = await person.Api.SendAsync(new HttpMethod(address.Method), path, body, null);
                    answer.IsProblem(HttpStatusCode.NotFound, "not-found");
                }
            }

            // Neither do another tenant's things exist below one's own tenant.
            if (address.Fill("", cast.Project, cast.Key) == address.Fill("", "", ""))
                continue;
            var mixed = address.Fill(stranger.Owner.TenantId, cast.Project, cast.Key);
            var own = await stranger.Owner.Api.SendAsync(
                new HttpMethod(address.Method), mixed, address.Method == "GET" ? null : Fitting(address), null);
            Assert.True(own.Status == HttpStatusCode.NotFound, $"{address}: {own.Status} {own.Text}");
        }
    }

    /// <summary>Lists what is open, not what is closed: a new address is closed, or fails here.</summary>
    [Fact]
    public async Task BeforeTheOneTimePasswordIsChanged_NothingElseIsOpen()
    {
        var owner = await Person.OwnerAsync(host);
        var reset = await host.Operator().PostAsync($"{owner.MembersPath()}/{owner.MemberId}/reset-password");
        var session = (await owner.SignInAgainAsync(reset.Is(HttpStatusCode.OK).String("oneTimePassword")))
            .Is(HttpStatusCode.OK);

        Assert.Equal(["POST /api/v1/me/password"], await OpenToAsync(session, owner, "one-time password"));
    }

    [Fact]
    public async Task BeforeADemandedSecondFactorIsThere_OnlyWhatLeadsToItIsOpen()
    {
        var owner = await Person.OwnerAsync(host);
        (await host.Operator().PatchAsync($"{owner.TenantPath}/settings", new { requireMfa = true }))
            .Is(HttpStatusCode.OK);
        var session = (await owner.SignInAgainAsync()).Is(HttpStatusCode.OK);

        Assert.Equal(
            [
                "GET /api/v1/me", "POST /api/v1/me/mfa/confirm", "POST /api/v1/me/mfa/disable",
                "POST /api/v1/me/mfa/enroll", "POST /api/v1/me/password",
            ],
            await OpenToAsync(session, owner, "second factor"));
    }

    /// <summary>Lists the addresses that are not refused for the reason, signing out excluded.</summary>
    private async Task<List<string>> OpenToAsync(Answer session, Person owner, string reason)
    {
        var api = host.Bearing(session.String("accessToken"));
        var open = new List<string>();
        var addresses = Addresses().Where(static a => !IsOwn(a)).ToList();
        Assert.True(addresses.Count > 80, $"only {addresses.Count} addresses");
        foreach (var address in addresses)
        {
            var path = address.Fill(owner.TenantId, "p00000000001", "k00000000001");
            var answer = await api.SendAsync(new HttpMethod(address.Method), path, Useless(address), null);
            if (answer.Status != HttpStatusCode.Forbidden)
                open.Add($"{address.Method} {address.Path}");
            else
                Assert.Contains(reason, answer.String("detail"));
        }

        return [.. open.Order(StringComparer.Ordinal)];
    }

    [Fact]
    public void EveryAddress_NamesItsPermission()
    {
        var open = Endpoints().Where(static e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(static e => e.RoutePattern.RawText!).Order();

        Assert.Equal(["/api/v1/invitations/accept", "/api/v1/session"], open);
        Assert.All(
            Endpoints().Where(static e => e.Metadata.GetMetadata<IAllowAnonymous>() is null),
            static endpoint => Assert.Single(endpoint.Metadata.OfType<PermissionRequirement>()));
        Assert.Equal(
            PermissionTable.Rows.Values.Select(static grant => grant.Name).Order(), Allowed.Keys.Order());
    }

    private Dictionary<string, ApiCaller> CallersOf(Cast cast) => new()
    {
        [Plain] = cast.Member.Api,
        [Lead] = cast.ProjectAdministrator.Api,
        [AdministratorRole] = cast.Administrator.Api,
        [OwnerRole] = cast.Owner.Api,
        [Operator] = host.Operator(),
    };

    /// <summary>Whether an address would end the session that all others need.</summary>
    private static bool IsOwn(Address address) => address is { Method: "DELETE", Path: "/api/v1/session" };

    /// <summary>
    /// A body that no address accepts: the permission is checked first, so it tells allowed from refused.
    /// </summary>
    private static string? Useless(Address address) => address switch
    {
        { Method: "GET" or "DELETE" } => null,

        // It depends on whose key it is, which is looked up with the body.
        { Permission: "key-limits:set" } => Fitting(address),
        _ => "[]",
    };

    /// <summary>A body that some addresses accept.</summary>
    private static string Fitting(Address address) => address.Path switch
    {
        var p when p.Contains("/limits/", StringComparison.Ordinal) => "{\"blocked\": 1}",
        var p when p.EndsWith("/members/{m}", StringComparison.Ordinal) => "{\"role\": \"member\"}",
        var p when p.EndsWith("/regenerate", StringComparison.Ordinal) => "{}",
        _ => "{\"name\": \"x\"}",
    };

    private static bool IsForbidden(Answer answer, Address address)
    {
        if (answer.Status != HttpStatusCode.Forbidden)
            return false;
        // If it depends on the owner of a thing, the missing permission is the one to manage that thing.
        Assert.Matches($"'({address.Permission}|keys:manage)'", answer.String("detail"));
        return true;
    }

    private List<Address> Addresses() =>
    [
        .. from endpoint in Endpoints()
           let needs = endpoint.Metadata.OfType<PermissionRequirement>().FirstOrDefault()
           where needs is not null
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
           select new Address(
               method, endpoint.RoutePattern.RawText!, PermissionTable.Rows[needs.Permission].Name),
    ];

    private IEnumerable<RouteEndpoint> Endpoints() =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(static e => e.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal)
                // Of the data plane, where metering SDKs send.
                && e.RoutePattern.RawText != "/api/v1/events");
}
