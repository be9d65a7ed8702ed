using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Api.Jobs;
using Sluice.Metering.Limits;
using Sluice.TestSupport.Mail;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Mail;

/// <summary>A node with a mail server, whose jobs the tests run.</summary>
public class MailHost(PostgresFixture postgres) : NodeHost(postgres)
{
    private static int _limits = 1_000;

    public MailServer Smtp { get; private set; } = null!;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["SLUICE_SMTP"] = string.Create(
            CultureInfo.InvariantCulture,
            $"smtp://{User}127.0.0.1:{Smtp.Port}?{Query}from=Sluice%20%3Csluice@a.org%3E"),
        ["SLUICE_PUBLIC_URL"] = "https://sluice.example.com",
        ["SLUICE_OPERATOR_EMAIL"] = "staff@platform.example, desk@platform.example",
    };

    /// <summary>The part of the mail setting before the host.</summary>
    protected virtual string User => "";

    /// <summary>The part of the mail setting before <c>from=</c>.</summary>
    protected virtual string Query => "";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public override async ValueTask InitializeAsync()
    {
        Smtp = await StartServerAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Smtp.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task<MailServer> StartServerAsync() => MailServer.StartAsync();

    /// <summary>Runs both jobs once, as the schedule does.</summary>
    public async Task RunJobsAsync()
    {
        foreach (var name in new[] { "tell", "mail" })
            await Services.GetServices<IJobWork>().Single(job => job.Name == name).RunAsync(Cancellation);
    }

    /// <summary>Runs the jobs until the server has received a number of mails with a part of their id.</summary>
    public async Task<IReadOnlyList<TakenMail>> TakesAsync(string id, int count = 1)
    {
        var taken = await Eventually.BecomesAsync(
            async () =>
            {
                await RunJobsAsync();
                return TakenOf(id);
            },
            found => found.Count >= count);
        if (taken.Count != count)
        {
            var seen = await Operator().GetAsync("/api/v1/notifications?limit=500");
            Assert.Fail($"{taken.Count} were taken, not {count}; {seen.Text}");
        }

        return taken;
    }

    public IReadOnlyList<TakenMail> TakenOf(string id) =>
        [.. Smtp.Taken().Where(mail => mail.MessageId.Contains(id, StringComparison.Ordinal))];

    /// <summary>Runs the jobs until a mail is in a state; returns the mail as the operator sees it.</summary>
    public async Task<Answer> BecomesAsync(string id, string state, Action? between = null) =>
        (await Eventually.BecomesAsync(
            async () =>
            {
                between?.Invoke();
                await RunJobsAsync();
                return await SeeAsync(id);
            },
            mail => mail.String("state") == state));

    /// <summary>Returns a mail by a part of its <c>Message-ID</c>.</summary>
    public async Task<Answer> SeeAsync(string id)
    {
        var all = (await Operator().GetAsync("/api/v1/notifications?limit=500")).Is(HttpStatusCode.OK);
        var mail = Assert.Single(
            all.Items(), mail => mail.GetProperty("messageId").GetString()!.Contains(id, StringComparison.Ordinal));
        return all with { Text = mail.GetRawText() };
    }

    /// <summary>Writes the rows that an authority writes when a threshold of an account fires.</summary>
    /// <returns>The start of the mail's id.</returns>
    public async Task<string> FireAsync(
        string tenantPath,
        string[] recipients,
        bool blocks = false,
        long refused = 0,
        long value = 1_234_500,
        LimitSource source = LimitSource.Threshold)
    {
        var limit = Interlocked.Increment(ref _limits);
        await QueryAsync<object>(
            """
            insert into transition (tenant_id, kind, limit_id, limit_kind, source, value, scope_kind, scope_id, metric,
                                    period, used, refused, at, recipients)
            values ($1, $2, $3, $4, $8, $5, 0, $1, 3, 202611, $5, $6, '2026-11-20T03:00:00Z', $7)
            """,
            Scene.IdOf(tenantPath),
            (short)(refused > 0 ? 1 : 0),
            (long)limit,
            (short)(blocks ? 0 : 1),
            value,
            refused,
            recipients,
            (short)source);
        var kind = blocks ? "blocked" : "warning";
        return string.Create(CultureInfo.InvariantCulture, $"{kind}.{limit}.{value}.202611");
    }
}
