using Sluice.Client;
using Sluice.Client.Models;
using Sluice.LoadTest.Demo.Prices;

namespace Sluice.LoadTest.Demo.Platform;

/// <summary>
/// Makes one tenant of the demo. Its limits are set before its usage is sent, so that thresholds fire as they would
/// have.
/// </summary>
internal sealed class DemoTenantBuilder(DemoCompany company, DemoCalls calls, TimeProvider time, long seed)
{
    private const double SeatPerDay = 9;
    private const decimal SeatShare = 0.98m;

    private static readonly TimeSpan SeatsLast = TimeSpan.FromDays(60);
    private static readonly TimeSpan LinkLasts = TimeSpan.FromDays(7);
    private static readonly decimal[] WarningPercents = [80, 95];

    /// <summary>How old the live state may be, and a little more.</summary>
    private static readonly TimeSpan StateIsOld = TimeSpan.FromSeconds(1.2);

    private readonly List<DemoAccount> _accounts = [];
    private readonly List<string> _usedUp = [];
    private readonly Dictionary<string, string> _memberIds = [];
    private readonly DemoHistory _history = new(
        time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(company.TimeZone), seed);

    private CreateTenantResponse _tenant = null!;
    private SluiceClient _owner = null!;
    private int _keys;

    /// <summary>How many events were sent.</summary>
    public int Events { get; private set; }

    /// <returns>The id of the tenant.</returns>
    public async Task<string> CreateAsync(CancellationToken cancellation)
    {
        var owner = company.People[0].UserName;
        _tenant = DemoCalls.Of(await calls.Operator.CreateTenantAsync(
            new()
            {
                Name = company.Name,
                BillingAccountId = $"demo-{Guid.NewGuid():N}",
                TimeZone = company.TimeZone,
                Language = company.Language,
                Currency = DemoPrices.Currency,
                Owner = new() { UserName = owner, Email = AddressOf(owner) },
            },
            ct: cancellation));
        return _tenant.Id;
    }

    /// <returns>Those who can sign in.</returns>
    public async Task<IReadOnlyList<DemoAccount>> FillAsync(CancellationToken cancellation)
    {
        await AddPeopleAsync(cancellation);
        var past = new List<BatchItem>();
        foreach (var (number, project) in company.Projects.Index())
            past.AddRange(await AddProjectAsync(project, number == 0 ? _tenant.DefaultProjectId : null, cancellation));
        if (company.Seats > 0)
            past.AddRange(await AddSeatsAsync(cancellation));
        await SetTenantLimitsAsync(past, cancellation);
        await new DemoSender(calls.Gateway).SendAsync(past.OrderBy(static item => item.At), cancellation);
        foreach (var project in _usedUp)
            await UseUpAsync(project, cancellation);
        Events = past.Count;
        return _accounts;
    }

    private static string AddressOf(string userName) => $"{userName}@example.com";

    private static decimal CostOf(IEnumerable<BatchItem> items) => items.Sum(
        static item => item.Metrics.First(static m => m.Key != "requests").Value
            / DemoPrices.UnitsPerCurrency(item.Model!));

    private static LimitRequest LimitOf(decimal value) => new()
    {
        Blocked = value,
        Warnings = [.. WarningPercents.Select(static percent => new LimitRequestWarning { Percent = percent })],
        Recipients = [AddressOf("budget")],
    };

    /// <summary>Limits are round numbers, at least 1.</summary>
    private static decimal Round(decimal value) => Math.Max(1, decimal.Round(value));

    private async Task AddPeopleAsync(CancellationToken cancellation)
    {
        (_owner, var password) = await calls.SignInAsync(
            _tenant.Id, company.People[0].UserName, _tenant.OneTimePassword, cancellation);
        _memberIds[company.People[0].UserName] = _tenant.OwnerMemberId;
        Keep(company.People[0], password);
        foreach (var person in company.People.Skip(1))
        {
            var member = DemoCalls.Of(await _owner.CreateMemberAsync(
                _tenant.Id,
                new() { UserName = person.UserName, Role = person.Role, Email = AddressOf(person.UserName) },
                ct: cancellation));
            _memberIds[person.UserName] = member.Id;
            if (!person.SignsIn)
                continue;
            (_, password) = await calls.SignInAsync(
                _tenant.Id, person.UserName, member.OneTimePassword, cancellation);
            Keep(person, password);
        }

        DemoCalls.Of(await _owner.InviteByLinkAsync(
            _tenant.Id,
            new() { Role = "member", MaxUses = 10, ExpiresAt = time.GetUtcNow() + LinkLasts },
            ct: cancellation));
    }

    private void Keep(DemoPerson person, string password) =>
        _accounts.Add(new DemoAccount(company.Name, _tenant.Id, person.UserName, person.Role, password));

    /// <summary>Makes a project with its members, keys and limit.</summary>
    /// <returns>Its usage, not sent yet.</returns>
    private async Task<IReadOnlyList<BatchItem>> AddProjectAsync(
        DemoProject project, string? existingId, CancellationToken cancellation)
    {
        var id = existingId;
        if (id is null)
        {
            id = DemoCalls.Of(await _owner.CreateProjectAsync(
                _tenant.Id, new() { Name = project.Name }, ct: cancellation)).Id;
        }
        else
        {
            DemoCalls.Of(await _owner.ChangeProjectAsync(
                _tenant.Id, id, new() { Name = project.Name }, ct: cancellation));
        }

        foreach (var person in company.People.Where(static person => person.ProjectRole is not null))
        {
            DemoCalls.Of(await _owner.SetProjectMemberAsync(
                _tenant.Id, id, _memberIds[person.UserName], new() { Role = person.ProjectRole! }, ct: cancellation));
        }

        var past = new List<BatchItem>();
        foreach (var key in project.Keys)
        {
            var made = DemoCalls.Of(await _owner.CreateProjectKeyAsync(
                _tenant.Id, id, new() { Name = key.Name }, ct: cancellation));
            past.AddRange(_history.Of(made.Id, _keys++, key.PerDay, project.Mix));
        }

        DemoCalls.Of(await _owner.SetProjectLimitAsync(
            _tenant.Id, id, LimitOf(Round(CostOf(past) / project.LimitShare) + 1), ct: cancellation));
        if (project.LimitShare == 1)
            _usedUp.Add(id);
        return past;
    }

    /// <summary>
    /// Lowers a limit to what is used: what has happened is counted beyond a limit, but a demo should show that nothing
    /// is admitted beyond it.
    /// </summary>
    private async Task UseUpAsync(string project, CancellationToken cancellation)
    {
        decimal last, used = 0;
        do
        {
            await Task.Delay(StateIsOld, cancellation);
            last = used;
            var state = DemoCalls.Of(await _owner.GetStateAsync(_tenant.Id, project, ct: cancellation));
            used = state.Items.Single().Metrics.First(static counter => counter.Metric == "amount").Used;
        }
        while (used != last);
        DemoCalls.Of(await _owner.SetProjectLimitAsync(_tenant.Id, project, LimitOf(used), ct: cancellation));
    }

    /// <summary>Makes seats, one more than people who sit on them; each spends less than the one before.</summary>
    /// <returns>Their usage, not sent yet.</returns>
    private async Task<IReadOnlyList<BatchItem>> AddSeatsAsync(CancellationToken cancellation)
    {
        // The credits of the plan follow from the usage of the busiest seat, whose key is not there yet.
        var busiest = CostOf(_history.Of("", _keys, SeatPerDay, DemoMix.Text));
        DemoCalls.Of(await calls.Operator.CreateSubscriptionAsync(
            _tenant.Id,
            new()
            {
                Plan = "team",
                Seats = company.Seats + 1,
                CreditsPerSeat = Round(busiest / SeatShare),
                ExpiresAt = time.GetUtcNow() + SeatsLast,
            },
            ct: cancellation));
        var seats = DemoCalls.Of(await _owner.ListSeatsAsync(_tenant.Id, ct: cancellation)).Items;

        var past = new List<BatchItem>();
        foreach (var (number, person) in company.People.TakeLast(company.Seats).Index())
        {
            var seat = seats[number].Id;
            DemoCalls.Of(await _owner.AssignSeatAsync(
                _tenant.Id, seat, new() { MemberId = _memberIds[person.UserName] }, ct: cancellation));
            var key = DemoCalls.Of(await _owner.CreateSeatKeyAsync(_tenant.Id, seat, new(), ct: cancellation));
            past.AddRange(_history.Of(key.Id, _keys++, SeatPerDay / (1 + (number * number)), DemoMix.Text));
        }

        return past;
    }

    /// <summary>Sets quota, limit and thresholds of the tenant; asks for more quota.</summary>
    private async Task SetTenantLimitsAsync(List<BatchItem> past, CancellationToken cancellation)
    {
        var limit = Round(CostOf(past) / company.LimitShare);
        var quota = Round(limit * 1.25m);
        DemoCalls.Of(await calls.Operator.SetQuotaAsync(_tenant.Id, new() { Amount = quota }, ct: cancellation));
        DemoCalls.Of(await _owner.SetTenantLimitAsync(_tenant.Id, LimitOf(limit), ct: cancellation));
        DemoCalls.Of(await _owner.RequestQuotaAsync(
            _tenant.Id, new() { Amount = quota * 2, Reason = "A launch next month." }, ct: cancellation));

        var (metric, used) = past.SelectMany(static item => item.Metrics).Where(static m => m.Key != "requests")
            .GroupBy(static m => m.Key).Select(static g => (g.Key, g.Sum(static m => m.Value)))
            .MaxBy(static sum => sum.Item2);
        DemoCalls.Of(await calls.Operator.SetUsageThresholdsAsync(
            _tenant.Id,
            new()
            {
                Metrics = new Dictionary<string, UsageThreshold>
                {
                    [metric] = new() { Warning = [decimal.Round(used * 0.8m)], Blocked = decimal.Round(used * 1.3m) },
                },
                Recipients = new() { Warning = [AddressOf("budget")], Blocked = [AddressOf("budget")] },
                Language = company.Language,
            },
            ct: cancellation));
    }
}
