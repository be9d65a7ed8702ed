using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Sluice.Storage.Reports;
using Sluice.TestSupport.Postgres;
using Xunit;

namespace Sluice.Api.Tests.Management.Usage;

/// <summary>Reports that take too long, on a node where that is a second.</summary>
public sealed class ReportTimeTests(ReportTimeTests.HastyHost host) : IClassFixture<ReportTimeTests.HastyHost>
{
    [Fact]
    public async Task AReportThatReadsTooMuch_IsEnded_AndSaysSo()
    {
        var owner = await Person.OwnerAsync(host);
        Answer answer;
        await using (await ReportPlaceTests.LockAsync(host, "usage_day"))
            answer = await owner.Api.GetAsync($"{owner.TenantPath}/usage");

        answer.IsProblem(HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Contains("Ask for a shorter span", answer.String("detail"));
    }

    public sealed class HastyHost(PostgresFixture postgres) : NodeHost(postgres)
    {
        protected internal override void AddServices(IServiceCollection services) => services.AddKeyedSingleton(
            ReportSource.Key, (_, _) => ReportSource.Create(ConnectionString, timeoutSeconds: 1));
    }
}
