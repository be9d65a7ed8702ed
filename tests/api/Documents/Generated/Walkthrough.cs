using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Generated;

/// <summary>
/// The walkthroughs of docs/walkthrough, written against the client that NSwag generates from the API document with its
/// defaults. The test compiles it together with that client.
/// </summary>
public static class Walkthrough
{
    private const string Password = "a walk in the park";

    public static async Task RunAsync(Func<string, HttpClient> bearing, string operatorToken, DateTimeOffset now)
    {
        var platform = new SluiceClient(bearing(operatorToken));
        var tenant = await platform.CreateTenantAsync(new CreateTenantRequest
        {
            Name = "Generated",
            BillingAccountId = "account-" + Guid.NewGuid(),
            TimeZone = "Asia/Tokyo",
            Language = CreateTenantRequestLanguage.En,
            Currency = "XTS",
            Owner = new CreateTenantOwner { UserName = "olga", Email = "olga@example.com" },
        });
        await platform.PutPriceBookAsync(new PutPriceBookRequest
        {
            EffectiveFrom = now.AddDays(-1),
            Currency = "XTS",
            Prices =
            [
                new PutPriceBookPrice { Model = "*", Metric = "text_tokens", Per = 1000, Amount = 0.3m, Credits = 1 },
            ],
        });
        var (t, project) = (tenant.Id, tenant.DefaultProjectId);

        var key = await platform.CreateProjectKeyAsync(
            t, project, new CreateProjectKeyRequest { Name = "first", ExpiresAt = now.AddDays(30) });
        await KeepExpiryAsync(platform, t, project, key);
        await MeterAsync(platform, new SluiceClient(bearing(key.Secret)), t, key.Id, now);
        await LimitAsync(platform, new SluiceClient(bearing(key.Secret)), t, key.Id, now);
        await SeatAsync(platform, bearing, tenant, now);

        var usage = await platform.GetUsageAsync(t, groupBy: "model", metric: "text_tokens");
        Same(true, usage.Items.Sum(row => row.Value) > 418, "usage by model");
        var months = await platform.ListStatementsAsync(t, limit: 5);
        Same(StatementState.Open, months.Items.Single().State, "statement");
        var audit = await platform.GetAuditAsync(t, action: "key.changed");
        Same(true, audit.Items.Count > 0, "audit");
    }

    /// <summary>A key that is renamed keeps its expiry; null removes it only if it is sent.</summary>
    private static async Task KeepExpiryAsync(
        SluiceClient platform, string t, string project, CreateProjectKeyResponse key)
    {
        var renamed = await platform.ChangeProjectKeyAsync(
            t, project, key.Id, new ChangeProjectKeyRequest { Name = "second" });
        Same(key.ExpiresAt, renamed.ExpiresAt, "expiry of a renamed key");
        Same("second", (await platform.GetKeyAsync(t, key.Id)).Name, "name");
    }

    private static async Task MeterAsync(
        SluiceClient platform, SluiceClient gateway, string t, string keyId, DateTimeOffset now)
    {
        var usage = new Usage { Id = "evt-1", Model = "m", Metrics = Tokens(418), Mode = UsageMode.Consume };
        var counted = await gateway.PostUsageAsync(usage);
        Same((false, 0.1254m), (counted.Duplicate, counted.Amount), "first");
        Same(true, (await gateway.PostUsageAsync(usage)).Duplicate, "repeat");
        Same(true, (await gateway.CheckUsageAsync(new Usage { Metrics = Tokens(1) })).Allowed, "check");

        var held = await gateway.ReserveAsync(new Reservation { Id = "r", Metrics = Tokens(10), TtlSeconds = 60 });
        var longer = await gateway.ProlongReservationAsync("r", new Prolongation { TtlSeconds = 600 });
        Same(true, longer.ExpiresAt > held.ExpiresAt, "prolonged");
        await gateway.CommitReservationAsync("r", new Commit { Metrics = Tokens(7) });
        var read = await gateway.GetReservationAsync("r");
        Same((ReservationStateState.Committed, 7m), (read.State, read.Committed!.Metrics["text_tokens"]), "read");

        await gateway.PostEventsAsync(new CloudEvent
        {
            Specversion = CloudEventSpecversion._1_0,
            Id = "ce-1",
            Source = "walkthrough",
            Type = "tokens",
            Time = now,
            Data = new EventData { Metrics = Tokens(5) },
        });
    }

    private static async Task LimitAsync(
        SluiceClient platform, SluiceClient gateway, string t, string keyId, DateTimeOffset now)
    {
        var limit = await platform.SetKeyLimitAsync(t, keyId, "text_tokens", new LimitRequest
        {
            Blocked = 500,
            Warnings = [new LimitRequestWarning { Percent = 80 }],
            Recipients = ["ops@example.com"],
        });
        Same(500m, limit.Blocked, "limit");
        var refused = await FailsAsync(429, () => gateway.PostUsageAsync(new Usage { Metrics = Tokens(100) }));
        Same(("/problems/limit-reached", "key", "key_manager"),
            (refused.Type, refused.Limit!.Scope.ToString().ToLowerInvariant(), refused.RaisedBy!.ToString()!
                .ToLowerInvariant()), "refusal");

        var boost = await platform.CreateBoostAsync(t, new BoostRequest
        {
            Scope = BoostRequestScope.Key,
            ScopeId = keyId,
            Metric = "text_tokens",
            Value = 10_000,
            Until = now.AddHours(2),
        });
        await gateway.PostUsageAsync(new Usage { Metrics = Tokens(100) });
        await platform.DeleteBoostAsync(t, boost.Id);
        await FailsAsync(429, () => gateway.PostUsageAsync(new Usage { Metrics = Tokens(1) }));
        await platform.SetKeyLimitAsync(t, keyId, "text_tokens", new LimitRequest { Blocked = null });
        await gateway.PostUsageAsync(new Usage { Metrics = Tokens(1) });

        var broken = await FailsAsync(422, () => platform.SetUsageThresholdsAsync(t, new SetUsageThresholdsRequest
        {
            Metrics = new Dictionary<string, UsageThreshold> { ["text_tokens"] = new() { Warning = [2000] } },
        }));
        Same(true, broken.Errors!.Keys.Any(field => field.Contains("recipients")), "field of a broken rule");
        await platform.SetUsageThresholdsAsync(t, new SetUsageThresholdsRequest
        {
            Metrics = new Dictionary<string, UsageThreshold>
            {
                ["text_tokens"] = new() { Warning = [1_500_000, 1_800_000], Blocked = 2_000_000 },
            },
            Recipients = new UsageThresholdRecipients { Warning = ["pm@example.com"] },
            Language = SetUsageThresholdsRequestLanguage.Fr,
        });
        Same(
            2_000_000m, (await platform.GetUsageThresholdsAsync(t)).Metrics["text_tokens"].Blocked, "threshold");
    }

    private static async Task SeatAsync(
        SluiceClient platform, Func<string, HttpClient> bearing, CreateTenantResponse tenant, DateTimeOffset now)
    {
        var t = tenant.Id;
        var first = await new SluiceClient(bearing("")).SignInAsync(new SignInRequest
        {
            Tenant = t,
            UserName = "olga",
            Password = tenant.OneTimePassword,
        });
        var olga = new SluiceClient(bearing(first.AccessToken));
        await olga.ChangePasswordAsync(new ChangePasswordRequest { Current = tenant.OneTimePassword, New = Password });
        var max = await olga.CreateMemberAsync(
            t, new CreateMemberRequest { UserName = "max_1", Role = CreateMemberRequestRole.Member });
        Same(TenantRole.Member, max.Role, "role");

        await platform.CreateSubscriptionAsync(t, new CreateSubscriptionRequest
        {
            Plan = "team",
            Seats = 2,
            CreditsPerSeat = 5,
            ExpiresAt = now.AddDays(30),
        });
        var seats = await olga.ListSeatsAsync(t);
        Same((2L, SeatState.Unassigned), (seats.Unassigned, seats.Items.First().State), "seats");
        var seat = seats.Items.First().Id;
        await olga.AssignSeatAsync(t, seat, new AssignSeatRequest { MemberId = max.Id });
        var key = await olga.CreateSeatKeyAsync(t, seat);
        var calls = new SluiceClient(bearing(key.Secret));
        await calls.PostUsageAsync(new Usage { Metrics = Tokens(5000) });
        var refused = await FailsAsync(429, () => calls.PostUsageAsync(new Usage { Metrics = Tokens(1000) }));
        Same("seat", refused.Limit!.Scope.ToString().ToLowerInvariant(), "what the plan refuses");
        await olga.ReclaimSeatAsync(t, seat);
        await FailsAsync(401, () => calls.PostUsageAsync(new Usage { Metrics = Tokens(1) }));
        Same("olga", (await olga.GetMeAsync()).UserName, "me");
    }

    private static Dictionary<string, decimal> Tokens(decimal count) => new() { ["text_tokens"] = count };

    private static async Task<ProblemDetails> FailsAsync(int status, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (ApiException<ProblemDetails> e) when (e.StatusCode == status)
        {
            return e.Result;
        }

        throw new InvalidOperationException($"That was not answered with {status}.");
    }

    private static void Same<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            throw new InvalidOperationException($"{what}: expected {expected}, got {actual}");
    }
}
