using System.Diagnostics;
using System.IO.Compression;
using Npgsql;
using Sluice.Client;
using Sluice.EndToEnd.Scenes;
using Xunit;

namespace Sluice.EndToEnd.Consoles;

/// <summary>
/// The console of a tenant with 1,000 projects, one of which has 10,000 keys, and a year of usage and statements.
/// </summary>
public sealed class BigPlatformTests
{
    private const int Projects = 1_000;
    private const int KeysPerProject = 1;
    private const int KeysOfLargest = 10_000;
    private const int AtOnce = 8;
    private const int ViewBytesMax = 400 * 1_024;

    /// <summary>
    /// Each key is used every fifth day, in four hours of it: 2,200 keys and 26,400 sums a day, 9.6 million a year.
    /// </summary>
    private const string FillYear =
        """
        insert into usage_rollup (tenant_id, month, bucket, project_id, key_id, model, member, metric, value)
        select k.tenant_id,
               extract(year from now() - make_interval(days => d))::int * 100
                 + extract(month from now() - make_interval(days => d))::int,
               date_trunc('day', now()) - make_interval(days => d) + make_interval(hours => (k.id % 17)::int + h),
               k.project_id, k.id, 'model-' || k.id % 7, '', m.metric, m.value * (1 + (k.id + d) % 9)
        from (select *, row_number() over (order by id) as n from api_key where tenant_id = @TenantId) k
        cross join generate_series(0, 364) d cross join generate_series(0, 3) h
        cross join (values (0::smallint, 250000), (2::smallint, 40), (3::smallint, 60000)) m (metric, value)
        where (k.n + d) % 5 = 0
          and date_trunc('day', now()) - make_interval(days => d) + make_interval(hours => (k.id % 17)::int + h) < now()
        on conflict do nothing
        """;

    /// <summary>The other sums of it, as they come to be in a year: day by day.</summary>
    private const string FillSums =
        """
        insert into usage_day
          (tenant_id, metric, day, key_id, member, model, month, project_id, seat_id, value, unpriced)
        select tenant_id, metric, (bucket at time zone 'UTC')::date as day, key_id, member, model, month,
          max(project_id), 0, sum(value), 0
        from usage_rollup group by 1, 2, 3, 4, 5, 6, 7 order by day, key_id on conflict do nothing;
        insert into usage_month
          (tenant_id, month, session_id, metric, project_id, seat_id, key_id, model, value, unpriced)
        select tenant_id, month, 0, metric, project_id, seat_id, 0, model, sum(value), sum(unpriced)
        from usage_day group by tenant_id, month, metric, project_id, seat_id, model on conflict do nothing
        """;

    private const string FillStatements =
        """
        insert into statement
          (tenant_id, period, tenant_name, time_zone, currency, starts_at, ends_at, closed_at)
        select distinct tenant_id, month, 'Big', 'Etc/UTC', 'EUR', to_date(month::text, 'YYYYMM'),
          to_date(month::text, 'YYYYMM') + interval '1 month', now()
        from usage_month where to_date(month::text, 'YYYYMM') < date_trunc('month', now());
        insert into statement_line (tenant_id, period, usage_period, holder_kind, holder_id, holder_name, key_id,
          key_name, member, model, metric, value, unpriced)
        select d.tenant_id, d.month, d.month, 1, d.project_id, max(p.name), d.key_id, max(k.name), d.member, d.model,
          d.metric, sum(value), sum(unpriced)
        from usage_day d
        join project p on p.id = d.project_id
        join api_key k on k.id = d.key_id
        join statement s on s.tenant_id = d.tenant_id and s.period = d.month
        group by d.tenant_id, d.month, d.project_id, d.key_id, d.member, d.model, d.metric;
        insert into statement_total (tenant_id, period, usage_period, metric, value, unpriced)
        select tenant_id, period, usage_period, metric, sum(value), sum(unpriced)
        from statement_line group by tenant_id, period, usage_period, metric
        """;

    [Fact(Timeout = 1_800_000)]
    [Trait("run", "soak")]
    public async Task EveryPage_IsThereAtOnce_AndIsSmall()
    {
        Assert.SkipWhen(ConsoleBrowser.Program is null, "There is no Chromium on this machine.");
        await using var scene = await Scene.OpenAsync(new ScenePlan(1) { AtMost = TimeSpan.FromMinutes(29) });
        await FillAsync(scene);
        await using var browser = await ConsoleBrowser.StartAsync();
        var page = await browser.OpenAsync(scene.Target.BaseAddress);
        await ConsoleSteps.SignInAsOperatorAsync(page, scene);

        var crawl = new ConsoleCrawl(page);
        await crawl.RunAsync(["/console", $"/console/t/{scene.TenantId}"], "en");
        Assert.True(crawl.Faults.Count == 0, string.Join('\n', crawl.Faults));
        var times = new List<(double Ms, string Address)>();
        foreach (var address in crawl.Pages)
        {
            var started = Stopwatch.GetTimestamp();
            var answer = await page.Context.APIRequest.GetAsync(address);
            var body = await answer.BodyAsync();
            times.Add((Stopwatch.GetElapsedTime(started).TotalMilliseconds, address));
            Assert.True(Compressed(body) < ViewBytesMax, $"{address}: {Compressed(body)} bytes");
        }

        foreach (var (ms, address) in times.OrderByDescending(static time => time.Ms).Take(12))
            scene.Tell($"{ms:F0} ms  {address}");
        var median = times.OrderBy(static time => time.Ms).ElementAt(times.Count / 2).Ms;
        scene.Tell($"{times.Count} kinds of pages; median {median:F0} ms");
    }

    private static async Task FillAsync(Scene scene)
    {
        var token = await File.ReadAllTextAsync(
            Path.Combine(scene.Entrances[0].Node.DataFolder, "operator-token"), scene.Cancellation);
        using var http = new HttpClient { BaseAddress = scene.Target.BaseAddress };
        var client = new SluiceClient(http, token.Trim());
        await Parallel.ForEachAsync(
            Enumerable.Range(2, Projects - 2),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = scene.Cancellation },
            async (number, ct) =>
            {
                var project = await client.CreateProjectAsync(
                    scene.TenantId, new() { Name = $"Project {number}" }, ct: ct);
                await client.SetProjectLimitAsync(
                    scene.TenantId, project.Value!.Id, new() { Blocked = 1_000_000 + number }, ct: ct);
                for (var key = 0; key < (number == Projects - 1 ? KeysOfLargest : KeysPerProject); key++)
                {
                    await client.CreateProjectKeyAsync(
                        scene.TenantId, project.Value!.Id, new() { Name = $"key-{number}-{key}" }, ct: ct);
                }
            });
        scene.Tell("projects and keys are there");
        await using var source = NpgsqlDataSource.Create(scene.Store.ConnectionString);
        string[] fill =
        [
            FillYear.Replace("@TenantId", "(select min(id) from tenant)", StringComparison.Ordinal), FillSums,
            FillStatements,
            "vacuum analyze usage_rollup, usage_day, usage_month, statement_line, statement_total",
        ];
        foreach (var sql in fill)
        {
            await using var command = source.CreateCommand(sql);
            command.CommandTimeout = 1_200;
            scene.Tell($"{await command.ExecuteNonQueryAsync(scene.Cancellation)} rows are there");
        }
    }

    private static long Compressed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(body);
        return packed.Length;
    }
}
