using System.Runtime.ExceptionServices;
using FastEndpoints;
using FluentValidation.Results;
using Microsoft.AspNetCore.Http;
using Sluice.Api.Actions;
using Xunit;

namespace Sluice.Api.Tests.Actions;

public sealed class CommitPostProcessorTests
{
    /// <summary>It would be sent, and stored for repeats, with the status of a success.</summary>
    [Fact]
    public async Task AResultOfItsOwn_IsNoResultOfAChange()
    {
        var context = new Finished(ApiResult.Other(TypedResults.StatusCode(429)));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => CommitPostProcessor.Instance
            .PostProcessAsync(context, TestContext.Current.CancellationToken));

        Assert.StartsWith("The result of a change", error.Message);
    }

    private sealed class Finished(ApiResult result) : IPostProcessorContext
    {
        public object? Request => null;

        public object? Response => result;

        public HttpContext HttpContext { get; } = new DefaultHttpContext();

        public IReadOnlyCollection<ValidationFailure> ValidationFailures => [];

        public ExceptionDispatchInfo? ExceptionDispatchInfo => null;

        public bool HasExceptionOccurred => ExceptionDispatchInfo is not null;

        public void MarkExceptionAsHandled() => throw new NotSupportedException();
    }
}
