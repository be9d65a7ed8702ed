using System.Net;
using System.Text.Json;

namespace Sluice.Api.Tests.Hosting;

/// <summary>Creates more people in a tenant, and asks what tests want to know about them.</summary>
internal static class People
{
    public static string MembersPath(this Person person) => $"{person.TenantPath}/members";

    public static string PathOf(this Person person, Person other) => $"{person.MembersPath()}/{other.MemberId}";

    /// <summary>Adds another member of the same tenant, who has signed in.</summary>
    public static async Task<Person> AddAsync(
        this Person person, NodeHost host, string userName, string role = "member")
    {
        var added = (await host.Operator().PostAsync(
            person.MembersPath(), new { userName, email = $"{userName}@example.com", role }))
            .Is(HttpStatusCode.Created);
        return await Person.BeginAsync(host, person.TenantId, userName, added.String("oneTimePassword"));
    }

    /// <summary>Creates another project of the same tenant.</summary>
    public static async Task<string> ProjectAsync(this Person person, NodeHost host, string name) =>
        (await host.Operator().PostAsync($"{person.TenantPath}/projects", new { name }))
        .Is(HttpStatusCode.Created).String("id");

    public static async Task<string> DefaultProjectAsync(this Person person, NodeHost host) =>
        (await host.Operator().GetAsync($"{person.TenantPath}/projects")).Items()
        .Single(static project => project.GetProperty("isDefault").GetBoolean()).GetProperty("id").GetString()!;

    /// <summary>Adds a person to a project.</summary>
    public static async Task PutIntoAsync(
        this Person person, NodeHost host, string projectId, string role = "member") =>
        (await host.Operator().PutAsync(
            $"{person.TenantPath}/projects/{projectId}/members/{person.MemberId}", new { role }))
        .Is(HttpStatusCode.OK);

    /// <summary>Keeps appointing and demoting administrators to the owner.</summary>
    public static async Task ReserveAppointingAsync(this Person owner) =>
        (await owner.Api.PatchAsync($"{owner.TenantPath}/settings", new { ownerAppointsAdministrators = true }))
        .Is(HttpStatusCode.OK);

    /// <summary>Returns the entries of the audit log whose action has this prefix, newest first.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AuditAsync(this Person person, NodeHost host, string action) =>
        (await host.Operator().GetAsync($"{person.TenantPath}/audit?action={action}")).Items();

    public static IReadOnlyList<JsonElement> Items(this Answer answer) =>
        [.. answer.Is(HttpStatusCode.OK)["items"].EnumerateArray()];

    public static IReadOnlyList<string> Texts(this Answer answer, string field) =>
        [.. answer.Items().Select(item => item.GetProperty(field).GetString()!)];

    /// <summary>Asserts 403 with the missing permission.</summary>
    public static Answer Lacks(this Answer answer, string permission)
    {
        answer.IsProblem(HttpStatusCode.Forbidden, "forbidden");
        Xunit.Assert.Contains($"'{permission}'", answer.String("detail"));
        return answer;
    }
}
