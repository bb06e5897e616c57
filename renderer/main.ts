import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { config } from 'zod'
import App from './App.vue'
import { i18n } from './i18n.ts'
import { router } from './router.ts'

// zod would compile its schemas with `new Function`, which the page's policy refuses
config({ jitless: true })

// a canvas does not redraw when a font arrives late; a font that can not be had must not stop the page
await Promise.allSettled(
  [400, 500, 600].flatMap((w) => [
    document.fonts.load(`${w} 13px "Q tilde"`, 'Q̃'),
    document.fonts.load(`${w} 13px Inter`, 'aα'),
  ]),
)

createApp(App).use(createPinia()).use(i18n).use(router).mount('#app')
