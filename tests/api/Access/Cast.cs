using System.Net;

namespace Sluice.Api.Tests.Access;

/// <summary>
/// A tenant with one person of every role, two projects and one of everything in them, to try every address with.
/// </summary>
internal sealed class Cast
{
    private Cast(Person owner) => Owner = owner;

    public Person Owner { get; }

    public required Person Administrator { get; init; }

    /// <summary>Administers <see cref="Project"/>, but does not belong to <see cref="OtherProject"/>.</summary>
    public required Person ProjectAdministrator { get; init; }

    /// <summary>Belongs to <see cref="Project"/> only.</summary>
    public required Person Member { get; init; }

    public required string Project { get; init; }

    public required string OtherProject { get; init; }

    public required string Key { get; init; }

    public required string OtherKey { get; init; }

    public static async Task<Cast> CreateAsync(NodeHost host)
    {
        var owner = await Person.OwnerAsync(host);
        var people = new Dictionary<string, Person>();
        foreach (var (name, role) in new[]
            { ("admin", "administrator"), ("lead", "member"), ("dev", "member") })
        {
            var made = (await owner.Api.PostAsync(
                $"{owner.TenantPath}/members",
                new { userName = name, email = $"{name}@example.com", role })).Is(HttpStatusCode.Created);
            people[name] = await Person.BeginAsync(host, owner.TenantId, name, made.String("oneTimePassword"));
        }

        var project = await ProjectAsync(owner, "inside");
        var other = await ProjectAsync(owner, "outside");
        var members = $"{owner.TenantPath}/projects/{project}/members";
        (await owner.Api.PutAsync(
            $"{members}/{people["lead"].MemberId}", new { role = "project_administrator" })).Is(HttpStatusCode.OK);
        (await owner.Api.PutAsync($"{members}/{people["dev"].MemberId}", new { role = "member" }))
            .Is(HttpStatusCode.OK);
        return new Cast(owner)
        {
            Administrator = people["admin"],
            ProjectAdministrator = people["lead"],
            Member = people["dev"],
            Project = project,
            OtherProject = other,
            Key = await KeyAsync(owner, project),
            OtherKey = await KeyAsync(owner, other),
        };
    }

    private static async Task<string> ProjectAsync(Person owner, string name) =>
        (await owner.Api.PostAsync($"{owner.TenantPath}/projects", new { name })).Is(HttpStatusCode.Created)
        .String("id");

    private static async Task<string> KeyAsync(Person owner, string project) =>
        (await owner.Api.PostAsync($"{owner.TenantPath}/projects/{project}/keys", new { name = "key" }))
        .Is(HttpStatusCode.Created).String("id");
}
