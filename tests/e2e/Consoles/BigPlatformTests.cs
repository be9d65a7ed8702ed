using System.Diagnostics;
using System.IO.Compression;
using Npgsql;
using Sluice.Client;
using Sluice.EndToEnd.Scenes;
using Xunit;

namespace Sluice.EndToEnd.Consoles;

/// <summary>
/// The console of a tenant with 1,000 projects, 10,000 keys, half of them in one project, and a year of usage.
/// </summary>
public sealed class BigPlatformTests
{
    private const int Projects = 1_000;
    private const int KeysPerProject = 5;
    private const int KeysOfLargest = 5_000;
    private const int AtOnce = 8;
    private const int ViewBytesMax = 400 * 1_024;

    /// <summary>
    /// Each key is used every fifth day, in four hours of it: 2,000 keys and 24,000 sums a day, 8.8 million a year.
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

    private const string FillDays =
        """
        insert into usage_day
          (tenant_id, metric, day, key_id, member, model, month, project_id, seat_id, value, unpriced)
        select tenant_id, metric, (bucket at time zone 'UTC')::date, key_id, member, model, month, max(project_id), 0,
          sum(value), 0
        from usage_rollup group by 1, 2, 3, 4, 5, 6, 7 on conflict do nothing
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
        await using var command = source.CreateCommand(
            FillYear.Replace("@TenantId", "(select min(id) from tenant)", StringComparison.Ordinal));
        command.CommandTimeout = 1_200;
        var rows = await command.ExecuteNonQueryAsync(scene.Cancellation);
        await using var days = source.CreateCommand(FillDays);
        days.CommandTimeout = 1_200;
        await days.ExecuteNonQueryAsync(scene.Cancellation);
        await using var analyze = source.CreateCommand("vacuum analyze usage_rollup, usage_day");
        analyze.CommandTimeout = 1_200;
        await analyze.ExecuteNonQueryAsync(scene.Cancellation);
        scene.Tell($"{rows} sums are there");
    }

    private static long Compressed(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(body);
        return packed.Length;
    }
}
