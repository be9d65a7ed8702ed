using Npgsql;

namespace Sluice.Storage.Control;

/// <summary>
/// How many things of a kind someone may have at a time, so that nobody can fill the store. The bounds are far above
/// what is needed.
/// </summary>
internal sealed class Bound
{
    /// <summary>Projects of a tenant.</summary>
    public static readonly Bound Projects = new(
        "projects", 1_000, "A tenant has at most", "select from project where tenant_id = @id and deleted_at is null");

    /// <summary>API keys of a tenant, of all kinds.</summary>
    public static readonly Bound Keys = new(
        "keys", 100_000, "A tenant has at most", "select from api_key where tenant_id = @id and deleted_at is null");

    /// <summary>Members of a tenant.</summary>
    public static readonly Bound Members = new(
        "members", 10_000, "A tenant has at most", "select from member where tenant_id = @id and removed_at is null");

    /// <summary>Invitations of a tenant that are open, the expired ones included.</summary>
    public static readonly Bound Invitations = new(
        "invitations", 1_000, "A tenant has at most",
        "select from invitation where tenant_id = @id and closed_at is null");

    /// <summary>Access tokens of a member.</summary>
    public static readonly Bound Tokens = new(
        "tokens", 100, "A member has at most", "select from access_token where member_id = @id and revoked_at is null");

    /// <summary>Test mails of a tenant in an hour.</summary>
    public static readonly Bound TestMails = new(
        "test-mails", 20, "A tenant sends, in an hour, at most",
        "select from mail where tenant_id = @id and kind = 'test' and created_at > @now - interval '1 hour'");

    private readonly string _sentence;
    private readonly string _rows;

    private Bound(string name, int max, string sentence, string rows) =>
        (Name, Max, _sentence, _rows) = (name, max, sentence, rows);

    /// <summary>What is counted: <c>projects</c>.</summary>
    public string Name { get; }

    public int Max { get; }

    /// <summary>Returns the refusal if there is no room for another; null if there is.</summary>
    /// <param name="db">The action's connection, with what it counts locked.</param>
    /// <param name="id">Whose things are counted.</param>
    /// <param name="now">The time of the action.</param>
    /// <param name="ct">Cancels the action.</param>
    public async Task<Error?> CheckAsync(NpgsqlConnection db, long id, DateTimeOffset now, CancellationToken ct) =>
        await db.FindAsync<long>(
            $"select count(*) from ({_rows} limit @Max) as counted", new { id, now, Max }, ct) < Max
            ? null
            : new Error.TooMany(Name, $"{_sentence} {Max} {Name.Replace('-', ' ')}.");
}
