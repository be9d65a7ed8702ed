using System.Net.Sockets;
using System.Text;
using Sluice.Metering.Identity;
using Sluice.Metering.Keys;

namespace Sluice.EndToEnd.Abuse;

/// <summary>The attacks that were made on a node from outside, each as large as a few connections make it.</summary>
internal static class Attacks
{
    public static readonly Attack WorstBatches = new("worst batches", WorstBatchesAsync);

    public static readonly IReadOnlyList<Attack> All =
    [
        WorstBatches,
        new("refused requests", RefusedRequestsAsync),
        new("repeats", RepeatsAsync),
        new("reservations", ReservationsAsync),
        new("unknown keys", UnknownKeysAsync),
        new("guessed passwords", GuessedPasswordsAsync),
        new("expensive reports", ExpensiveReportsAsync) { NeedsHistory = true },
        new("the API document", DocumentAsync),
        new("aborted bodies", AbortedBodiesAsync),
        new("resets of passwords", ResetsAsync),
        new("changes of a password", PasswordChangesAsync),
        new("live state of many keys", StateAsync),
        new("console pages", PagesAsync),
    ];

    private static Task WorstBatchesAsync(Attacker attacker, CancellationToken stop) =>
        attacker.RepeatAsync(8, ct => attacker.PostEventsAsync(attacker.WorstBatch(), ct), stop);

    /// <summary>The last key of the attacker has a limit of one token.</summary>
    private static Task RefusedRequestsAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        32,
        ct => attacker.PostAsync(
            "v1/usage", attacker.Fleet.Keys[^1].Secret, Usage($"refused-{attacker.Next()}", tokens: 1_000), ct),
        stop);

    private static Task RepeatsAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        32, ct => attacker.PostAsync("v1/usage", attacker.Fleet.Keys[0].Secret, Usage("repeat", tokens: 1), ct), stop);

    private static Task ReservationsAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        32,
        ct => attacker.PostAsync(
            "v1/reservations",
            attacker.Fleet.Keys[0].Secret,
            $$$"""{"id":"hold-{{{attacker.Next()}}}","ttlSeconds":3600,"metrics":{"text_tokens":1}}""",
            ct),
        stop);

    private static Task UnknownKeysAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        32,
        ct => attacker.PostAsync("v1/usage", UnknownKey(), Usage("x", tokens: 1), ct),
        stop);

    private static Task GuessedPasswordsAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        64,
        ct => attacker.PostAsync(
            "api/v1/session",
            token: null,
            $$"""{"tenant":"{{attacker.TenantId}}","userName":"owner","password":"guess-{{attacker.Next()}}"}""",
            ct),
        stop);

    private static Task ExpensiveReportsAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        40,
        ct => attacker.GetAsOperatorAsync(
            $"api/v1/tenants/{attacker.TenantId}/usage?groupBy=hour,key,model&from={attacker.DaysAgo(34)}", ct),
        stop);

    private static Task DocumentAsync(Attacker attacker, CancellationToken stop) =>
        attacker.RepeatAsync(40, ct => attacker.GetAsync("openapi/v1.json", token: null, ct), stop);

    /// <summary>Announces a body, sends half of it and leaves.</summary>
    private static Task AbortedBodiesAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        16,
        async ct =>
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", attacker.Target.Port, ct);
            var head = "POST /v1/usage HTTP/1.1\r\nHost: x\r\n"
                + $"Authorization: Bearer {attacker.Fleet.Keys[0].Secret}\r\n"
                + "Content-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"metrics\":";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), ct);
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        },
        stop);

    private static Task ResetsAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        64,
        ct => attacker.ChangeAsync(
            $"api/v1/tenants/{attacker.TenantId}/members/{attacker.MemberId}/reset-password", "{}", ct),
        stop);

    /// <summary>All wait for the turn of one account.</summary>
    private static Task PasswordChangesAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        60,
        ct => attacker.ChangeAsync(
            "api/v1/me/password", """{"current":"wrong wrong wrong","new":"another horse battery"}""", ct),
        stop);

    private static Task StateAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        40, ct => attacker.GetAsync($"api/v1/tenants/{attacker.TenantId}/state", attacker.Owner.Token, ct), stop);

    private static Task PagesAsync(Attacker attacker, CancellationToken stop) => attacker.RepeatAsync(
        32,
        ct => attacker.OpenPageAsync(
            $"console/t/{attacker.TenantId}{(attacker.Next() % 2 == 0 ? "" : "/limits")}", ct),
        stop);

    private static string Usage(string id, int tokens) =>
        $$$"""{"id":"{{{id}}}","model":"m","metrics":{"text_tokens":{{{tokens}}}}}""";

    /// <summary>Makes a key as ours are, checksum included, that nobody has.</summary>
    private static string UnknownKey() => ApiKeyFormat.Generate(KeyKind.Project, IdText.NewValue()).Text;
}
