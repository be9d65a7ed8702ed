using Sluice.Client.Models;
using Sluice.LoadTest.Fleets;

namespace Sluice.LoadTest.Demo.Platform;

/// <summary>
/// Makes a platform that is worth looking at: tenants with members, seats and limits, and 34 days of usage. What has
/// been made is kept in a file; the next run finds it again.
/// </summary>
internal sealed class DemoPlatform(DemoCalls calls, string statePath, TextWriter output, TimeProvider time)
{
    private const string LiveName = "Harbor Gateway";

    /// <summary>About what a key of the tenant with live traffic spends on a weekday.</summary>
    private const double LivePerDay = 12;

    /// <summary>Makes the platform around the tenant of live traffic, unless it is there.</summary>
    /// <param name="live">The tenant of live traffic, with its keys.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Those who can sign in.</returns>
    public async Task<IReadOnlyList<DemoAccount>> FindOrBuildAsync(FleetTenant live, CancellationToken cancellation)
    {
        var saved = await PrivateFile.ReadAsync<DemoAccounts>(statePath, cancellation);
        if (saved is not null && await AreThereAsync(saved, cancellation))
        {
            if (saved.Complete)
                return saved.People;
            foreach (var tenantId in saved.TenantIds)
                await calls.Operator.DeleteTenantAsync(tenantId, ct: cancellation);
        }

        return await BuildAsync(live, cancellation);
    }

    private async Task<bool> AreThereAsync(DemoAccounts saved, CancellationToken cancellation)
    {
        foreach (var tenantId in saved.TenantIds)
        {
            if (!(await calls.Operator.GetTenantAsync(tenantId, cancellation)).IsSuccess)
                return false;
        }

        return true;
    }

    private async Task<IReadOnlyList<DemoAccount>> BuildAsync(FleetTenant live, CancellationToken cancellation)
    {
        output.WriteLine($"Making tenants with {DemoHistory.Days} days of usage:");
        var people = new List<DemoAccount>();
        var tenantIds = new List<string>();
        foreach (var company in DemoCompany.All)
        {
            var builder = new DemoTenantBuilder(company, calls, time, seed: tenantIds.Count + 1);
            tenantIds.Add(await builder.CreateAsync(cancellation));
            // Written before it is filled: a run that ends half-way leaves nothing that the next one does not find.
            await SaveAsync(tenantIds, people, complete: false, cancellation);
            people.AddRange(await builder.FillAsync(cancellation));
            output.WriteLine($"  {company.Name}: {builder.Events} events");
        }

        people.Add(await FillLiveAsync(live, cancellation));
        await SaveAsync(tenantIds, people, complete: true, cancellation);
        return people;
    }

    private Task SaveAsync(
        List<string> tenantIds, List<DemoAccount> people, bool complete, CancellationToken cancellation) =>
        PrivateFile.WriteAsync(statePath, new DemoAccounts(tenantIds, people, complete), cancellation);

    /// <summary>Gives the tenant of live traffic a name, a past, and an owner who can sign in.</summary>
    private async Task<DemoAccount> FillLiveAsync(FleetTenant live, CancellationToken cancellation)
    {
        DemoCalls.Of(await calls.Operator.ChangeTenantAsync(live.Id, new() { Name = LiveName }, ct: cancellation));
        var history = new DemoHistory(time.GetUtcNow(), TimeZoneInfo.Utc, seed: 0);
        var events = live.Projects.SelectMany(static project => project.Keys).Index()
            .SelectMany(key => history.Of(key.Item.Id, key.Index, LivePerDay / (1 + key.Index), DemoMix.Text)).ToList();
        await new DemoSender(calls.Gateway).SendAsync(events, cancellation);
        output.WriteLine($"  {LiveName}: {events.Count} events");

        var members = DemoCalls.Of(await calls.Operator.ListMembersAsync(live.Id, ct: cancellation));
        var owner = members.Items.First(static member => member.Role == "owner");
        var reset = DemoCalls.Of(await calls.Operator.ResetPasswordAsync(live.Id, owner.Id, ct: cancellation));
        var (_, password) = await calls.SignInAsync(live.Id, owner.UserName, reset.OneTimePassword, cancellation);
        return new DemoAccount(LiveName, live.Id, owner.UserName, owner.Role, password);
    }
}
