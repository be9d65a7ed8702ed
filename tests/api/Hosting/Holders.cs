using System.Net;
using Xunit;

namespace Sluice.Api.Tests.Hosting;

/// <summary>People who hold keys and seats, and the calls that tests make for them.</summary>
internal static class Holders
{
    private static int _hired;

    /// <summary>Adds another member of the same tenant, under any name, who has signed in.</summary>
    public static Task<Person> HireAsync(this Person person, NodeHost host, string role = "member") =>
        person.AddAsync(host, $"member_{Interlocked.Increment(ref _hired)}", role);

    /// <summary>Creates another project of the person's tenant, with a key in it.</summary>
    public static async Task<(string Project, string Key, string Secret)> OpenProjectAsync(
        this Person person, NodeHost host)
    {
        var api = host.Operator();
        var name = $"project {Guid.NewGuid():n}";
        var project = (await api.PostAsync($"{person.TenantPath}/projects", new { name })).Is(HttpStatusCode.Created)
            .String("id");
        var key = (await api.PostAsync($"{person.TenantPath}/projects/{project}/keys", new { name = "web" }))
            .Is(HttpStatusCode.Created);
        return (project, key.String("id"), key.String("secret"));
    }

    /// <summary>Creates a subscription with seats for a tenant.</summary>
    public static async Task<Answer> SubscribeAsync(
        this Person person, NodeHost host, int seats = 1, decimal credits = 100, TimeSpan? lasts = null) =>
        (await host.Operator().PostAsync($"{person.TenantPath}/subscriptions", new
        {
            plan = "Team",
            seats,
            creditsPerSeat = credits,
            expiresAt = host.Time.GetUtcNow() + (lasts ?? TimeSpan.FromDays(30)),
        })).Is(HttpStatusCode.Created);

    public static string SeatPath(this Person person, Answer subscription, int seat = 0) =>
        $"{person.TenantPath}/seats/{subscription["seatIds"][seat].GetString()}";

    public static Task<Answer> AssignAsync(this ApiCaller api, string seatPath, Person person) =>
        api.PostAsync($"{seatPath}/assign", new { memberId = person.MemberId });

    /// <summary>Creates a personal key for the person.</summary>
    public static async Task<Answer> TakeKeyAsync(this Person person) =>
        (await person.Api.PostAsync("/api/v1/me/personal-key")).Is(HttpStatusCode.Created);

    public static Task<Answer> SpendAsync(this NodeHost host, string secret, long tokens = 1) =>
        host.Bearing(secret).PostAsync("/v1/usage", new { metrics = new { text_tokens = tokens } });

    /// <summary>Asserts 409 with the id of the conflicting thing.</summary>
    public static void ConflictsWith(this Answer answer, string other)
    {
        answer.IsProblem(HttpStatusCode.Conflict, "conflict");
        Assert.Equal(other, answer.String("conflictsWith"));
    }
}
