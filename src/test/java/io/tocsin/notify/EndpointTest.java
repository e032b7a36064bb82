package io.tocsin.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tocsin.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://hooks.example.com/SECRETMARK",
                "http://127.1/SECRETMARK",
                "http://[::ffff:169.254.169.254]/SECRETMARK",
                "http://0x7f000001/SECRETMARK",
                "http://127.0.0.1.example.com/SECRETMARK",
                "http://localhost.example.com/SECRETMARK",
                "https://allowed@evil.example/SECRETMARK",
                "ftp://127.0.0.1/SECRETMARK",
                "file:///SECRETMARK",
                "SECRETMARK",
                "https://",
                "ht tp://SECRETMARK"
            })
    void whatWeDoNotSendToIsRefusedWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> Endpoint.secret("receivers.slack.url", Secret.of(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("receivers.slack.url: ")
                .hasMessageNotContaining("SECRETMARK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://hooks.slack.com/x", "http://127.0.0.1:8080/x", "http://localhost/x", "http://[::1]/x"})
    void tlsAndLoopbackAreAllowed(String url) {
        assertThat(Endpoint.secret("receivers.slack.url", Secret.of(url)).path())
                .isEqualTo("/x");
    }

    @Test
    void noPartOfASecretAddressIsQuoted() {
        Endpoint endpoint = Endpoint.secret(
                "receivers.slack.url", Secret.of("https://hooks.slack.com/services/T0AB/B0CD/SECRETMARKxyz"));
        assertThat(endpoint.quote("cannot reach https://hooks.slack.com/services/T0AB/B0CD/SECRETMARKxyz"))
                .isEqualTo("cannot reach ***");
        assertThat(endpoint.quote("POST \\/services\\/T0AB\\/B0CD\\/SECRETMARKxyz\n\u001b[31m"))
                .doesNotContain("SECRETMARK", "T0AB", "\u001b", "\n");
    }

    @Test
    void aKeyIsNotQuotedThoughTheAddressMayBe() {
        Endpoint endpoint =
                Endpoint.open("receivers.pd.url", "https://events.pagerduty.com/v2/enqueue", Secret.of("SECRETMARK"));
        assertThat(endpoint.quote("bad key SECRETMARK at /v2/enqueue")).isEqualTo("bad key *** at /v2/enqueue");
    }
}
